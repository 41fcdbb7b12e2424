"""Old revisions go as the policy says, and none that anything still needs."""

from datetime import timedelta

import pytest
from tests.store.content.commands.desk import MODEL, Desk
from tests.store.content.folders import differences

from masthead.content.commands import Changed, CreateRelease, Publish, ReleaseItem
from masthead.content.history import History, Retention, prune, read_retention
from masthead.kernel import InputError, new_id, utc_now
from masthead.store import Database

LATER = utc_now() + timedelta(days=100)


@pytest.fixture
def desk(database: Database) -> Desk:
    """Somebody who edits."""
    return Desk.at(database)


async def _page(desk: Desk, revisions: int) -> list[Changed]:
    """A page with so many revisions: what each save gave."""
    made = [await desk.page("Title 1")]
    for number in range(2, revisions + 1):
        made.append(await desk.save(made[-1], title=f"Title {number}"))
    return made


async def _left(desk: Desk, page: Changed) -> list[int]:
    history = History(desk.database, MODEL)
    return [each.number for each in (await history.list(page.entry, size=500)).revisions][::-1]


async def test_the_newest_and_the_first_stay(desk: Desk) -> None:
    """A number counts each entry's revisions by themselves."""
    one, two = await _page(desk, 6), await _page(desk, 2)

    removed = await prune(desk.database, Retention(newest=2), LATER)

    assert removed == 3
    assert await _left(desk, one[0]) == [1, 5, 6]
    assert await _left(desk, two[0]) == [1, 2]
    assert await differences(desk.database) == []


async def test_the_young_stay(desk: Desk) -> None:
    """An age keeps what is younger; either of both is enough to stay."""
    page = await _page(desk, 5)
    soon = utc_now() + timedelta(days=10)

    assert await prune(desk.database, Retention(age=timedelta(days=30)), soon) == 0
    assert await prune(desk.database, Retention(newest=1, age=timedelta(days=30)), soon) == 0
    assert await prune(desk.database, Retention(newest=1, age=timedelta(days=5)), soon) == 3
    assert await _left(desk, page[0]) == [1, 5]


async def test_nothing_of_today_goes(desk: Desk) -> None:
    """Somebody may be editing on it: whatever the policy says."""
    await _page(desk, 5)

    assert await prune(desk.database, Retention(newest=1), utc_now()) == 0


async def test_what_is_in_use_stays(desk: Desk) -> None:
    """What is public, and what a release, a pending schedule or a working preview names; not what is over."""
    page = await _page(desk, 9)
    await desk.one(Publish(page[0].entry, page[8].head, revision=page[2].head))
    await desk.run(CreateRelease("Spring", [ReleaseItem(page[0].entry, revision=page[3].head)]))
    await _name(desk, page, pending=4, done=5, preview=6, revoked=7)

    await prune(desk.database, Retention(newest=1), LATER)

    assert await _left(desk, page[0]) == [1, 3, 4, 5, 7, 9]


async def _name(desk: Desk, page: list[Changed], **names: int) -> None:
    """Schedules and previews that name revisions."""
    now, entry = utc_now(), page[0].entry
    async with desk.database.transaction() as transaction:
        for state in ("pending", "done"):
            await transaction.execute(
                "INSERT INTO masthead.schedule (id, due, action, entry_id, revision_id, state, created_at) "
                "VALUES ($1, $2, 'publish', $3, $4, $5, $2)",
                *(new_id(), now, entry, page[names[state]].head, state),
            )
        for name, revoked in (("preview", None), ("revoked", now)):
            await transaction.execute(
                "INSERT INTO masthead.preview "
                "(id, kind, entry_id, revision_id, expires_at, created_at, revoked_at) "
                "VALUES ($1, 'revision', $2, $3, $4, $5, $6)",
                *(new_id(), entry, page[names[name]].head, LATER + timedelta(days=1), now, revoked),
            )


async def test_it_goes_in_batches(desk: Desk) -> None:
    """No transaction removes more than it is told to."""
    page = await _page(desk, 8)

    removed = [await prune(desk.database, Retention(newest=1), LATER, limit=4) for _ in range(3)]

    assert removed == [4, 2, 0]
    assert await _left(desk, page[0]) == [1, 8]


async def test_an_entry_that_is_being_changed_is_left_alone(desk: Desk) -> None:
    """Its row is locked by a command: the next time will do."""
    page, other = await _page(desk, 4), await _page(desk, 4)
    async with desk.database.transaction() as transaction:
        await transaction.execute("SELECT FROM masthead.entry WHERE id = $1 FOR UPDATE", page[0].entry)
        removed = await prune(desk.database, Retention(newest=1), LATER)

    assert removed == 2
    assert await _left(desk, page[0]) == [1, 2, 3, 4]
    assert await _left(desk, other[0]) == [1, 4]


POLICIES = {
    "all": Retention(),
    "": Retention(),
    "50": Retention(newest=50),
    "90d": Retention(age=timedelta(days=90)),
    "50, 90D": Retention(newest=50, age=timedelta(days=90)),
}


@pytest.mark.parametrize("text", POLICIES)
def test_a_policy_is_read(text: str) -> None:
    """A number, an age in days, or both."""
    assert read_retention(text) == POLICIES[text]


@pytest.mark.parametrize("text", ["0", "-1", "d", "90d,50", "1w"])
def test_what_is_no_policy_is_refused(text: str) -> None:
    """The message has the value, the remedy the forms."""
    with pytest.raises(InputError, match=text):
        read_retention(text)
