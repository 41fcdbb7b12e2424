"""Where previews are made and opened: a desk, previews at its database, and a clock that tests set."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from tests.store.content.commands.desk import MODEL, Desk

from masthead.content.commands import Changed, CreateRelease, ReleaseItem
from masthead.content.previews import Link, OfLatest, OfRelease, OfRevision, Opened, Previews
from masthead.graphql import Engine


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is set."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def pass_by(self, time: timedelta) -> None:
        """Later."""
        self.now += time


@dataclass(slots=True)
class Counter:
    """Makes and opens previews as an editor."""

    desk: Desk
    previews: Previews
    clock: Clock
    engine: Engine

    @staticmethod
    def at(desk: Desk) -> "Counter":
        """Over the default publication."""
        clock = Clock()
        previews = Previews(desk.database, MODEL, clock=clock)
        return Counter(desk, previews, clock, Engine(MODEL, desk.database.public))

    async def latest(self, changed: Changed) -> Link:
        """A link to whatever is the head."""
        return await self.previews.create(OfLatest(changed.entry), self.desk.editor)

    async def revision(self, changed: Changed) -> Link:
        """A link to this revision."""
        return await self.previews.create(OfRevision(changed.entry, changed.head), self.desk.editor)

    async def release(self, *items: ReleaseItem) -> tuple[Link, UUID]:
        """A link to a new release, and the release."""
        outcome = await self.desk.run(CreateRelease("All at once", items))
        assert outcome.release is not None
        return await self.previews.create(OfRelease(outcome.release), self.desk.editor), outcome.release

    async def opened(self, link: Link) -> Opened:
        """What the link shows; it shows something."""
        found = await self.previews.open(link.token)
        assert found is not None
        return found

    async def ask(self, document: str, link: Link | None = None) -> Any:
        """The data of an operation, with the preview or as the public."""
        overlay = None if link is None else (await self.opened(link)).overlay
        answer = await self.engine.execute(document, overlay=overlay)
        assert answer.status == 200, answer.body
        return orjson.loads(answer.body)["data"]


def forged(token: str, place: int) -> str:
    """The token with one bit of its bytes turned over."""
    raw = bytearray(base64.urlsafe_b64decode(token + "="))
    raw[place] ^= 1
    return base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()
