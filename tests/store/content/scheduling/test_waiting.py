"""How a scheduler waits, and what it does when the database is busy or gone, or a command is broken."""

import asyncio
from datetime import timedelta

from tests.store.content.commands.desk import MODEL
from tests.store.content.scheduling.clockwork import NOON, Clockwork

from masthead.content.commands import SCHEDULES, Actor, Command, Commands, Outcome
from masthead.content.scheduling import Scheduler
from masthead.kernel import UnavailableError
from masthead.store import Transaction, open_database

DOOMED = "SELECT pid FROM pg_stat_activity WHERE application_name = 'doomed'"
STUCK = 60
"""Seconds after which a test has failed; none takes so long."""


class Troubled(Commands):
    """Raises what it is told, each once, before it does commands as usual."""

    trouble: list[Exception]

    async def run_in(self, transaction: Transaction, command: Command, actor: Actor) -> tuple[Outcome, bool]:
        """As commands do, once there is no trouble left."""
        if self.trouble:
            raise self.trouble.pop(0)
        return await super().run_in(transaction, command, actor)


def troubled(clockwork: Clockwork, *trouble: Exception) -> Scheduler:
    """A scheduler with that before it."""
    commands = Troubled(clockwork.database, MODEL, clock=clockwork.clock)
    commands.trouble = list(trouble)
    return Scheduler(clockwork.database, commands, clockwork.clock)


async def test_whoever_schedules_wakes_the_scheduler(clockwork: Clockwork) -> None:
    """After the commit: it may be due before the scheduler would look by itself."""
    made = await clockwork.desk.page()
    async with asyncio.timeout(STUCK), clockwork.database.listening_to(SCHEDULES) as wakes:
        await clockwork.schedule(made)
        await wakes.wait(STUCK * 2)


async def test_a_busy_database_holds_up_nobody_else(clockwork: Clockwork) -> None:
    """What was due first is pending as before, what is due behind it is done; later it is done too."""
    first = await clockwork.schedule(await clockwork.desk.page("One"), 1)
    second = await clockwork.schedule(await clockwork.desk.page("Two"), 2)
    clockwork.clock.forward(2)
    scheduler = troubled(clockwork, UnavailableError("busy", "Another change came in between."))
    ran = await scheduler.run_due()
    assert [(each.schedule, each.state) for each in ran] == [(first, "postponed"), (second, "done")]
    assert [await clockwork.state(each) for each in (first, second)] == ["pending", "done"]
    assert [(each.schedule, each.state) for each in await scheduler.run_due()] == [(first, "done")]


async def test_a_defect_holds_up_nobody_else(clockwork: Clockwork) -> None:
    """It fails, without its words for whoever reads the schedule; the log has them."""
    first = await clockwork.schedule(await clockwork.desk.page("One"), 1)
    second = await clockwork.schedule(await clockwork.desk.page("Two"), 2)
    clockwork.clock.forward(2)
    ran = await troubled(clockwork, KeyError("secret")).run_due()
    assert [(each.schedule, each.state) for each in ran] == [(first, "failed"), (second, "done")]
    error = (await clockwork.row(first))["error"]
    assert error["code"] == "internal-error"
    assert "secret" not in str(error)


async def test_a_scheduler_outlives_its_connections(clockwork: Clockwork, database_url: str) -> None:
    """All of them are cut while it sleeps; what is scheduled after that is done."""
    long_ago = NOON - timedelta(days=3650)
    clockwork.clock.now = long_ago
    made = await clockwork.desk.page()
    mark = "&" if "?" in database_url else "?"
    url = f"{database_url}{mark}application_name=doomed"
    async with asyncio.timeout(STUCK), open_database(url) as doomed, asyncio.TaskGroup() as group:
        running = group.create_task(Scheduler(doomed, Commands(doomed, MODEL)).run())
        while not await clockwork.desk.rows(f"{DOOMED} AND query LIKE 'LISTEN%'"):
            assert not running.done()
        assert await clockwork.desk.rows(DOOMED.replace("SELECT pid", "SELECT pg_terminate_backend(pid)"))
        key = await clockwork.schedule(made)
        async with clockwork.database.listening_to("masthead_changes") as wakes:
            while await clockwork.state(key) == "pending":
                await wakes.wait(1)  # its announcement may be lost with a connection
        running.cancel()
    assert await clockwork.state(key) == "done"
