"""There is always somebody who administers, whoever changes what at the same moment."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from tests.store.people.people_rows import join

from masthead.access import OWNER
from masthead.kernel import ConflictError
from masthead.people import Client, People

Change = Callable[[People, UUID], Awaitable[object]]
CLIENT = Client()

LOSSES: list[Change] = [
    lambda people, owner: people.accounts.suspend(owner, CLIENT),
    lambda people, owner: people.accounts.change(owner, CLIENT, roles=["editor"]),
]


@pytest.mark.parametrize("lose", LOSSES, ids=["suspend", "roles"])
async def test_two_owners_cannot_remove_each_other(people: People, lose: Change) -> None:
    """At the same moment: one is refused, and nothing of it is done."""
    owners = [await join(people, f"{each}@example.org", OWNER) for each in ("ada", "bob")]
    found = await asyncio.gather(*(lose(people, each) for each in owners), return_exceptions=True)
    (error,) = [each for each in found if isinstance(each, BaseException)]
    assert isinstance(error, ConflictError)
    assert error.code == "last-owner"


async def test_a_group_may_make_owners(people: People) -> None:
    """Then it cannot be removed, lose its role, or lose its last member."""
    ada = await join(people, "ada@example.org")
    group = await people.groups.create("Publishers", [OWNER], CLIENT)
    await people.groups.put(group.id, ada, CLIENT)
    for change in (
        people.groups.delete(group.id, CLIENT),
        people.groups.change(group.id, CLIENT, roles=[]),
        people.groups.take(group.id, ada, CLIENT),
        people.accounts.suspend(ada, CLIENT),
    ):
        with pytest.raises(ConflictError, match="nobody would be an owner"):
            await change
    assert (await people.groups.all())[0].members == (ada,)


async def test_who_cannot_sign_in_yet_does_not_count(people: People) -> None:
    """An owner who is only invited administers nothing."""
    ada = await join(people, "ada@example.org", OWNER)
    await people.joining.invite("bob@example.org", "Bob", [OWNER], CLIENT)
    with pytest.raises(ConflictError):
        await people.accounts.suspend(ada, CLIENT)


async def test_without_an_owner_there_is_none_to_lose(people: People) -> None:
    """A publication whose people were made on the command line may have none."""
    ada = await join(people, "ada@example.org", "editor")
    assert (await people.accounts.suspend(ada, CLIENT)).suspended_at is not None


async def test_a_group_of_another_name_is_one(people: People) -> None:
    """Two at the same moment with one name: one is refused."""
    tries = (people.groups.create("Desk", [], CLIENT) for _ in range(5))
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, ConflictError) for each in found) == 4
