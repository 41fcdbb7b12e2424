"""Enqueueing: in the caller's transaction, once a key."""

from datetime import UTC, datetime

import pytest

from masthead.jobs import Job, enqueue
from masthead.store import Database, queue_settings

_JOBS = "SELECT entrypoint, payload, dedupe_key, status::text, headers FROM masthead.job ORDER BY id"


class UndoneError(Exception):
    """Ends a transaction of these tests."""


async def test_a_job_is_undone_with_the_transaction_that_enqueued_it(database: Database) -> None:
    """What did not commit is not done."""
    with pytest.raises(UndoneError):
        await _enqueue_and_undo(database)
    assert await database.drafts.fetch(_JOBS) == []


async def test_jobs_wait_in_the_order_in_which_they_were_enqueued(database: Database) -> None:
    """First come, first served."""
    async with database.transaction() as transaction:
        await enqueue(transaction, [Job("greet", {"number": number}) for number in range(3)])
    rows = await database.drafts.fetch(_JOBS)
    assert [row["payload"] for row in rows] == [b'{"number":0}', b'{"number":1}', b'{"number":2}']


async def test_a_job_runs_no_earlier_than_it_was_asked_for(database: Database) -> None:
    """`run_at` is a moment, not a delay."""
    moment = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    async with database.transaction() as transaction:
        await enqueue(transaction, [Job("greet", run_at=moment)])
    assert await database.drafts.fetch("SELECT execute_after FROM masthead.job") == [
        {"execute_after": moment}
    ]


async def test_one_job_of_a_key_waits(database: Database) -> None:
    """Enqueued again while it waits: the one that waits does for both."""
    for number in (1, 2):
        async with database.transaction() as transaction:
            await enqueue(transaction, [Job("greet", {"number": number}, key="one"), Job("greet", key="one")])
    (row,) = await database.drafts.fetch(_JOBS)
    assert (row["payload"], row["headers"]) == (b'{"number":1}', '{"key": "one"}')


async def test_a_job_of_a_key_that_runs_is_marked_to_run_again(database: Database) -> None:
    """What is enqueued while it runs may be what that run has not seen."""
    async with database.transaction() as transaction:
        await enqueue(transaction, [Job("greet", key="one")])
        await transaction.execute("UPDATE masthead.job SET status = 'picked'")
    async with database.transaction() as transaction:
        await enqueue(transaction, [Job("greet", key="one")])
    (row,) = await database.drafts.fetch(_JOBS)
    assert (row["status"], row["headers"]) == ("picked", '{"key": "one", "again": true}')


async def test_enqueueing_notifies_nobody(database: Database) -> None:
    """NOTIFY in a transaction would take a global lock at its commit: the library's trigger is not there."""
    triggers = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'masthead.job'::regclass"
    assert await database.drafts.fetch(triggers) == []


def test_names_of_the_tables_are_not_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library would take them from variables as common as CHANNEL."""
    before = queue_settings()
    for name in ("CHANNEL", "QUEUE_TABLE", "PGQUEUER_QUEUE_TABLE", "PGQUEUER_SCHEMA", "PGQUEUER_PREFIX"):
        monkeypatch.setenv(name, "other")
    monkeypatch.setenv("DURABILITY", "volatile")
    assert queue_settings() == before


async def _enqueue_and_undo(database: Database) -> None:
    async with database.transaction() as transaction:
        await enqueue(transaction, [Job("greet")])
        raise UndoneError
