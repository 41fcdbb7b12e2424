"""A desk whose clock is set by hand, and a scheduler that goes by it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from tests.store.content.commands.desk import MODEL, Desk, person

from masthead.access import AUTHOR, EDITOR
from masthead.content.commands import Actor, Changed, Commands, PublishingAction, Schedule
from masthead.content.scheduling import Scheduler
from masthead.store import Database

NOON = datetime(2027, 1, 5, 12, tzinfo=UTC)


@dataclass(slots=True)
class Hands:
    """The hands of a clock."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        """The present moment."""
        return self.now

    def forward(self, seconds: float) -> datetime:
        """Turn the hands."""
        self.now += timedelta(seconds=seconds)
        return self.now


@dataclass(slots=True)
class Clockwork:
    """A desk, its clock, and a scheduler."""

    desk: Desk
    clock: Hands
    scheduler: Scheduler
    database: Database = field(repr=False)

    @staticmethod
    def at(database: Database) -> "Clockwork":
        """Everything goes by one clock."""
        clock = Hands()
        commands = Commands(database, MODEL, clock=clock)
        desk = Desk(database, commands, person(EDITOR), person(AUTHOR))
        return Clockwork(desk, clock, Scheduler(database, commands, clock), database)

    async def schedule(
        self,
        changed: Changed,
        seconds: float = 60,
        action: PublishingAction = "publish",
        revision: UUID | None = None,
        actor: Actor | None = None,
    ) -> UUID:
        """Schedule an entry so many seconds from now; the schedule's id."""
        at = self.clock.now + timedelta(seconds=seconds)
        command = Schedule(changed.entry, changed.head, action, at, revision)
        key = (await self.desk.run(command, actor)).schedule
        assert key is not None
        return key

    async def row(self, key: UUID) -> dict[str, Any]:
        """How a schedule stands, its error decoded."""
        (row,) = await self.desk.rows("SELECT * FROM masthead.schedule WHERE id = $1", key)
        return {**row, "error": None if row["error"] is None else orjson.loads(row["error"])}

    async def state(self, key: UUID) -> str:
        """pending, done, failed or cancelled."""
        return str((await self.row(key))["state"])
