"""What the worker removes, and what it leaves."""

from datetime import timedelta

from tests.store.content.scheduling.clockwork import Clockwork
from tests.store.people.people_rows import join

from masthead.content.commands import Create
from masthead.jobs import Job, JobRun, enqueue, forget_log
from masthead.kernel import new_id, utc_now
from masthead.kernel.settings import read_settings
from masthead.people import People
from masthead.roles.worker.chores import chore_handlers, chores, do_chore
from masthead.store import Database

_SESSION = (
    "INSERT INTO masthead.session (id, digest, account_id, created_at, used_at, expires_at) "
    "VALUES ($1, $2, $3, $4, $4, $5)"
)
_LINK = (
    "INSERT INTO masthead.one_time_link (id, digest, purpose, account_id, created_at, expires_at) "
    "VALUES ($1, $2, 'password', $3, $4, $5)"
)


async def test_what_has_expired_is_forgotten(database: Database) -> None:
    """Sessions at once, links after a month, in which their holders are told why they do not work."""
    people, now, day = People(database), utc_now(), timedelta(days=1)
    account = await join(people, "ada@example.org", "owner")
    async with database.transaction() as transaction:
        await transaction.execute("DELETE FROM masthead.one_time_link")
        await transaction.execute("DELETE FROM masthead.session")
        for table, ends in (
            (_SESSION, now - day),
            (_SESSION, now + day),
            (_LINK, now - 29 * day),
            (_LINK, now - 31 * day),
        ):
            key = new_id()
            await transaction.execute(table, key, key.bytes, account, now - 60 * day, ends)
    people.close()
    assert await do_chore("x", chores(database, read_settings())["sessions_and_links"]) == 2
    async with database.transaction() as transaction:
        sessions = await transaction.fetch("SELECT expires_at FROM masthead.session")
        links = await transaction.fetch("SELECT expires_at FROM masthead.one_time_link")
    assert [row["expires_at"] for row in (*sessions, *links)] == [now + day, now - 29 * day]


async def test_keys_are_kept_for_a_day(database: Database) -> None:
    """Then a program does not send the same command again."""
    clockwork = Clockwork.at(database)
    for hours in (0, 20):
        clockwork.clock.forward(hours * 3600)
        await clockwork.desk.run(Create("Page", {"title": f"{hours}"}), key=f"{hours}")
    chore = chores(database, read_settings())["idempotency_keys"]
    assert await do_chore("x", chore, lambda: clockwork.clock.now + timedelta(hours=5)) == 1
    assert await clockwork.desk.rows("SELECT key FROM masthead.idempotency") == [{"key": "20"}]


async def test_revisions_go_as_the_setting_says(database: Database) -> None:
    """None by default; but never what is pinned by a schedule."""
    clockwork = Clockwork.at(database)
    made = await clockwork.desk.page("0")
    for number in range(1, 6):
        made = await clockwork.desk.save(made, title=f"{number}")
        if number == 2:
            await clockwork.schedule(made, 10 * 86400, revision=made.head)
    for keep, left in (("all", [1, 2, 3, 4, 5, 6]), ("1", [1, 3, 6])):
        chore = chores(database, read_settings(keep_revisions=keep))["revisions"]
        await do_chore("x", chore, lambda: clockwork.clock.now + timedelta(days=2))
        rows = await clockwork.desk.rows("SELECT number FROM masthead.revision ORDER BY number")
        assert [row["number"] for row in rows] == left


async def test_a_chore_is_a_job_that_runs_every_hour(database: Database) -> None:
    """Once among all workers, and again after a minute when it fails: jobs see to both."""
    handler = chore_handlers(chores(database, read_settings()))["chore.sessions_and_links"]
    assert handler.every == timedelta(hours=1)
    assert handler.pause(1) == timedelta(minutes=1)
    await handler.handle(JobRun(1, "chore.sessions_and_links"))


async def test_a_chore_goes_on_until_nothing_is_left(database: Database) -> None:
    """It tells how far it is as it goes."""
    left, told = [3, 2, 0], []

    async def chore(_: object) -> int:
        return left.pop(0)

    async def tell(removed: int) -> None:
        told.append(removed)

    assert await do_chore("x", chore, tell=tell) == 5
    assert told == [3, 5]


async def test_the_log_of_jobs_is_kept_for_two_weeks(database: Database) -> None:
    """That of a job which has failed as long as that is to be seen."""
    async with database.transaction() as transaction:
        await enqueue(transaction, [Job("greet"), Job("greet")])
        await transaction.execute("UPDATE masthead.job SET status = 'failed' WHERE id = 1")
    day = timedelta(days=1)
    assert await forget_log(database, utc_now() + 13 * day) == 0
    assert await forget_log(database, utc_now() + 15 * day) == 1
    assert await database.drafts.fetch("SELECT job_id FROM masthead.job_log") == [{"job_id": 1}]
