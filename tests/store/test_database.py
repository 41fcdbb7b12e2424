"""Connections: what is noticed, what is refused, and what an error tells."""

import pytest

from masthead.kernel import UnavailableError
from masthead.store import Database, open_database


async def test_nothing_answering_is_one_error_without_the_password() -> None:
    """It names DATABASE_URL as the place to look; the password stays out of text and log."""
    with pytest.raises(UnavailableError, match="DATABASE_URL") as refused:
        async with open_database("postgresql://me:secret@127.0.0.1:1/none?password=secret"):
            pass
    assert "secret" not in str(refused.value)
    assert "secret" not in str(refused.value.context)


async def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    """All or nothing."""
    with pytest.raises(ZeroDivisionError):
        await _fail_midway(database)
    assert await database.public.fetch("SELECT number FROM live._generation") == [{"number": 0}]


async def test_a_database_that_answers_is_alive(database: Database) -> None:
    """Readiness asks with a real statement."""
    assert await database.is_alive()
    await database.close()
    assert not await database.is_alive()


async def _fail_midway(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE live._generation SET number = 99")
        raise ZeroDivisionError
