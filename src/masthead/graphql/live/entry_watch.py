"""What one subscription wants to hear of, and what it is told of an event.

A viewer hears of an entry that it sees now. Of an entry that is gone nobody can say any more whether a viewer
would have seen it: so one hears of that only where nothing is hidden from it of the type.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson
from graphql import GraphQLError

from masthead.events import StoredEvent
from masthead.graphql.errors import RefusedError, mistake
from masthead.graphql.live.mailbox import Mailbox, Payload, Wake
from masthead.graphql.live.query_group import Finish
from masthead.graphql.standing import Standing
from masthead.graphql.subscription_types import ENTRY, PARTS, mark
from masthead.model import ContentModel
from masthead.query import Guard, Plan, read_all_rows, together

PUBLISHED, UNPUBLISHED = "PUBLISHED", "UNPUBLISHED"

Row = Sequence[bytes | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of these types, and with these ids; None: all."""

    types: frozenset[str] | None = None
    ids: frozenset[UUID] | None = None

    def has(self, event: StoredEvent) -> bool:
        """Whether the event is of one of them."""
        if self.types is not None and event.data.get("type") not in self.types:
            return False
        return self.ids is None or event.entry in self.ids


class EntryWatch:
    """What any number of clients want alike."""

    __slots__ = ("_open", "key", "listeners", "many", "plan", "standing", "wanted")

    def __init__(self, standing: Standing, wanted: Wanted, model: ContentModel) -> None:
        self.standing = standing
        self.wanted = wanted
        self.plan = _plan_of(standing.plan)
        self.many = together(standing.plan)
        self.listeners: set[EntryMailbox] = set()
        guards = [each for each in standing.views if isinstance(each, Guard)]
        self._open = frozenset(each.name for each in model if not any(guard.hides(each) for guard in guards))
        self.key: Hashable = (
            id(standing.plan),
            id(standing.reader),
            wanted,
            repr(sorted(standing.values.items())),
        )

    def arguments(self, event: StoredEvent) -> list[Any]:
        """Those of the plan that reads the event's entry."""
        return self.standing.plan.arguments({**self.standing.values, ENTRY: str(event.entry)})

    def may_hear_of_loss(self, event: StoredEvent) -> bool:
        """Whether the viewer saw every entry of the type."""
        return event.data.get("type") in self._open


class EntryMailbox(Mailbox):
    """The payloads of one client. `last` is the position behind which it is told."""

    __slots__ = ("_forget", "last", "watch")

    def __init__(
        self,
        wake: Wake,
        longest: int,
        watch: EntryWatch,
        forget: "Callable[[EntryWatch, EntryMailbox], None]",
    ) -> None:
        super().__init__(wake, longest)
        self.watch = watch
        self.last = 0
        self._forget = forget

    def tell(self, position: int, body: bytes) -> bool:
        """Add what happened there, once; False when the client is too far behind, and so is dropped."""
        if position <= self.last or self.is_over:
            return not self.is_over
        self.last = position
        if self.put(Payload(body, str(position))):
            return True
        slow = mistake(
            "LIVE_LAGGED",
            "The client is too far behind.",
            "Listen again, `since` the last position that was heard.",
        )
        self.interrupt(slow, position - 1)
        return False

    def interrupt(self, why: GraphQLError, told: int) -> None:
        """End it, and say behind which position to begin again: before what still waits, which is let go.
        Where nothing waits, behind `told`, up to which the client was told of everything."""
        waiting = self._waiting[0].id if self._waiting else None
        position = str(told if waiting is None else int(waiting) - 1)
        located = GraphQLError(why.message, extensions={**(why.extensions or {}), "position": position})
        self.end(Payload(RefusedError([located]).body(), position, is_refusal=True))

    def close(self) -> None:
        """The client listens no more."""
        super().close()
        self._forget(self.watch, self)


async def bodies(
    watches: Sequence[EntryWatch],
    events: Sequence[StoredEvent],
    finish: Finish,
    found: dict[EntryWatch, list[tuple[int, bytes]]],
) -> int:
    """Add to `found` what each watch of one plan is told; how many statements it took."""
    wanted = [(watch, event) for watch in watches for event in events if watch.wanted.has(event)]
    asked = [(watch, event) for watch, event in wanted if kind_of(event) == PUBLISHED]
    seen: dict[tuple[EntryWatch, int], Row] = {}
    if asked:
        standing = watches[0].standing
        arguments = [watch.arguments(event) for watch, event in asked]
        rows = await read_all_rows(standing.observed, standing.plan, watches[0].many, arguments)
        for (watch, event), ((probe, *holes),) in zip(asked, rows, strict=True):
            if probe is not None:
                seen[watch, event.position] = holes
    for watch, event in wanted:
        row = seen[watch, event.position] if (watch, event.position) in seen else _lost(watch, event)
        if row is not None:
            plan = _filled(watch.plan, event)
            found[watch].append((event.position, await finish(plan, plan.answer([row]))))
    return 1 if asked else 0


def kind_of(event: StoredEvent) -> str | None:
    """What the event is to those who see what is public; None where it is nothing to them.

    Who archives an entry that was public says what its address was. Of an entry that has none it cannot be
    known, and nobody is told.
    """
    match event.type:
        case "content.entry.published.v1":
            return PUBLISHED
        case "content.entry.unpublished.v1":
            return UNPUBLISHED
        case "content.entry.archived.v1" if event.data.get("formerPath") is not None:
            return UNPUBLISHED
        case _:
            return None


def _lost(watch: EntryWatch, event: StoredEvent) -> Row | None:
    """Nothing in the place of the entry; None where the viewer may not hear that it is gone."""
    if kind_of(event) != UNPUBLISHED or not watch.may_hear_of_loss(event):
        return None
    return [None] * (len(watch.plan.pieces) - 1)


def _plan_of(plan: Plan) -> Plan:
    """Without the probe, which stands first."""
    return replace(plan, pieces=(b"{" + plan.pieces[1][1:], *plan.pieces[2:]))


def _filled(plan: Plan, event: StoredEvent) -> Plan:
    """With what the event says in its pieces."""
    said = {
        "position": str(event.position),
        "kind": kind_of(event),
        "id": str(event.entry),
        "type": event.data.get("type"),
        "at": event.created_at.isoformat(),
    }
    pieces = plan.pieces
    for part in PARTS:
        value = orjson.dumps(said[part])
        pieces = tuple(each.replace(mark(part), value) for each in pieces)
    return replace(plan, pieces=pieces)
