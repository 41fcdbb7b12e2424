"""The cookie of a device, and the key that signs it."""

import pytest

from masthead.kernel import new_id
from masthead.people.devices import Devices
from masthead.store import Database


async def test_a_sign_in_that_is_undone_leaves_no_key_behind(database: Database) -> None:
    """Else one process would sign with a key that nobody else has, until it ends."""
    here, elsewhere, account = Devices(database), Devices(database), new_id()

    async def give_up() -> None:
        async with database.transaction() as transaction:
            await here.new(transaction, account)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await give_up()
    async with database.transaction() as transaction:
        cookie = await elsewhere.new(transaction, account)
    assert await here.known(cookie, account) == cookie.partition(".")[0]
    assert await here.known(cookie, new_id()) is None
