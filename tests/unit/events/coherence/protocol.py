"""The protocol of coherence as a state machine: one process with a cache, a change or two, a database.

Every step that code or nature can take next is a separate one, and time may pass between any two: so a
process that is stopped, a slow commit and a lost packet are nothing special, but steps that come late. All
times are spans, cut off where they make no difference, so that there are finitely many states and a search
ends that has seen every one of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

LENGTH = 2
"""Ticks that a publisher waits at most."""

LOCAL = 1
"""Ticks that a lease runs in the process: less, because clocks differ."""

Mistake = Literal[
    "no lease",
    "lease counted from the end",
    "changes read before the lease is known",
    "confirmed although behind",
    "applied noted before the cache is dropped",
    "not known taken for nothing",
    "fill kept across a change",
    "the server's clock believed",
    "impatient publisher",
    "late renewals believed",
]
"""Ways of doing it wrong, each of which a search must find out."""


class Row(NamedTuple):
    """The lease as the database has it. `left`: until it ends by the server's clock."""

    applied: int
    left: int = LENGTH


class Publisher(NamedTuple):
    """Who has made change number i+1: `waited` since the commit was answered."""

    phase: Literal["before", "committed", "waiting", "removing", "acknowledged"] = "before"
    waited: int = 0


class World(NamedTuple):
    """Everything there is. `acknowledged` is the newest change whose author was told that it is done."""

    publishers: tuple[Publisher, ...] = (Publisher(),)
    number: int = 0
    forgotten: int = 0  # the log of changes does not have those up to here
    row: Row | None = None
    writing: Row | None = None  # sent, or executed and not committed: nobody sees it
    late: Row | None = None  # the same, over a connection that the process has given up
    has_stepped: bool = False  # the server's clock was set
    # The process:
    phase: Literal["idle", "sent", "taken", "read", "noting"] = "idle"
    is_renewal: bool = False
    sent: int = 0  # ticks since the renewal was sent
    found: tuple[int, bool] | None = None  # what was read: newest number, and whether all is told
    applied: int = 0
    runs: int = 0  # ticks that the lease still runs, here
    kept: int | None = None  # the change as of which the cache's answer is
    filling: tuple[int, bool] | None = None  # read as of; whether something was dropped since
    acknowledged: int = 0


Breakable = Literal["log", "clock", "connection"]


@dataclass(frozen=True, slots=True)
class Protocol:
    """The steps of a world in which some things break; with mistakes for those who want to see them found."""

    mistakes: frozenset[Mistake] = frozenset()
    breaks: frozenset[Breakable] = frozenset(get_args(Breakable))

    def is_right(self, world: World) -> bool:
        """Whether a read that begins now, and finds the lease running, sees what was acknowledged."""
        is_fresh = world.runs > 0 or "no lease" in self.mistakes
        return not is_fresh or world.kept is None or world.kept >= world.acknowledged

    def steps(self, world: World) -> Iterator[tuple[str, World]]:
        """What can come next."""
        yield "time passes", _tick(world)
        yield from self._nature(world)
        yield from self._renewing(world)
        yield from self._caching(world)
        for index in range(len(world.publishers)):
            yield from self._publishing(world, index)

    def _nature(self, world: World) -> Iterator[tuple[str, World]]:
        if "log" in self.breaks and world.forgotten < world.number:
            yield "the log is pruned", world._replace(forgotten=world.number)
        if "clock" in self.breaks and not world.has_stepped and world.row is not None:
            row = world.row._replace(left=0)
            yield "the server's clock is set forward", world._replace(row=row, has_stepped=True)
        if "connection" in self.breaks and world.phase != "idle" and world.late is None:
            cut = world._replace(phase="idle", found=None, late=world.writing, writing=None)
            yield "the connection is cut", cut
        if world.late is not None:
            yield "what was sent before is lost", world._replace(late=None)
            late = world.late if "late renewals believed" in self.mistakes else _newer(world.row, world.late)
            yield "what was sent before is done", world._replace(row=late, late=None)

    def _renewing(self, world: World) -> Iterator[tuple[str, World]]:
        match world.phase:
            case "idle":
                sent = world._replace(phase="sent", is_renewal=True, sent=0, writing=Row(world.applied))
                yield "a renewal is sent", sent
                yield "changes are looked for", self._read(world._replace(is_renewal=False))
                if "changes read before the lease is known" in self.mistakes:
                    yield "too early", self._read(world._replace(is_renewal=True, sent=0))
            case "sent":
                yield "the renewal is committed", _committed(world)._replace(phase="taken")
            case "taken":
                yield "changes are read", self._read(world)
            case "read":
                yield from self._reacting(world)
            case "noting":
                yield "noted", _noted(world)._replace(phase="idle")
            case _:
                pass

    def _read(self, world: World) -> World:
        is_told = world.forgotten <= world.applied
        newest = world.number
        if not is_told and "not known taken for nothing" in self.mistakes:
            newest = world.applied
        return world._replace(phase="read", found=(newest, is_told))

    def _reacting(self, world: World) -> Iterator[tuple[str, World]]:
        assert world.found is not None
        newest, _ = world.found
        if newest > world.applied:
            if "applied noted before the cache is dropped" in self.mistakes:
                yield "noted too early", _noted(world._replace(applied=newest))
            dropped = _dropped(world._replace(applied=newest, found=None))
            if world.is_renewal and "confirmed although behind" in self.mistakes:
                yield "confirmed too early", _confirmed(world._replace(found=None, phase="idle"))
            yield "what is touched is dropped", dropped._replace(phase="noting")
        elif world.is_renewal:
            early = "changes read before the lease is known" in self.mistakes
            sent = 0 if "lease counted from the end" in self.mistakes else world.sent
            yield "confirmed", _confirmed(world._replace(found=None, phase="idle", sent=sent))
            if early:
                yield "and then made known", _committed(world._replace(writing=Row(world.applied)))
        else:
            yield "nothing new", world._replace(found=None, phase="idle")

    def _caching(self, world: World) -> Iterator[tuple[str, World]]:
        match world.filling:
            case None:
                yield "a fill reads", world._replace(filling=(world.number, False))
            case version, is_stale:
                is_kept = not is_stale or "fill kept across a change" in self.mistakes
                kept = version if is_kept else world.kept
                yield "a fill ends", world._replace(filling=None, kept=kept)

    def _publishing(self, world: World, index: int) -> Iterator[tuple[str, World]]:
        publisher = world.publishers[index]
        number = index + 1
        match publisher.phase:
            case "before" if world.number == index:
                # The generation's row is locked until the commit: changes commit one by one.
                changed = world._replace(number=number)
                yield f"change {number} commits", _with(changed, index, Publisher("committed"))
            case "committed":
                if self._is_behind(world, number):
                    yield "somebody is behind", _with(world, index, publisher._replace(phase="waiting"))
                else:
                    yield f"{number} is acknowledged", self._acknowledged(world, index)
            case "waiting":
                if not self._is_behind(world, number):
                    yield f"{number} is acknowledged", self._acknowledged(world, index)
                limit = LENGTH - 2 if "impatient publisher" in self.mistakes else LENGTH
                if publisher.waited >= limit:
                    yield "waited long enough", _with(world, index, publisher._replace(phase="removing"))
            case "removing":
                is_behind = world.row is not None and world.row.applied < number
                removed = world._replace(row=None) if is_behind else world
                yield f"{number} is acknowledged at last", self._acknowledged(removed, index)
                yield f"{number} is acknowledged, nothing removed", self._acknowledged(world, index)
            case _:
                pass

    def _is_behind(self, world: World, number: int) -> bool:
        if world.row is None or world.row.applied >= number:
            return False
        return world.row.left > 0 or "the server's clock believed" not in self.mistakes

    def _acknowledged(self, world: World, index: int) -> World:
        newest = max(world.acknowledged, index + 1)
        return _with(world._replace(acknowledged=newest), index, Publisher("acknowledged"))


def _tick(world: World) -> World:
    def older(row: Row | None) -> Row | None:
        return None if row is None else row._replace(left=max(0, row.left - 1))

    publishers = tuple(
        each._replace(waited=min(LENGTH, each.waited + 1)) if each.phase in ("committed", "waiting") else each
        for each in world.publishers
    )
    sent = min(LOCAL, world.sent + 1)
    runs = max(0, world.runs - 1)
    return world._replace(
        publishers=publishers,
        row=older(world.row),
        writing=older(world.writing),
        late=older(world.late),
        sent=sent,
        runs=runs,
    )


def _committed(world: World) -> World:
    assert world.writing is not None
    return world._replace(row=_newer(world.row, world.writing), writing=None)


def _newer(row: Row | None, written: Row) -> Row:
    """What is noted of a lease is never taken back."""
    return written if row is None else written._replace(applied=max(row.applied, written.applied))


def _noted(world: World) -> World:
    """Only the row's number: it does not run any longer."""
    row = None if world.row is None else world.row._replace(applied=world.applied)
    return world._replace(row=row)


def _dropped(world: World) -> World:
    filling = None if world.filling is None else (world.filling[0], True)
    return world._replace(kept=None, filling=filling)


def _confirmed(world: World) -> World:
    return world._replace(runs=max(0, LOCAL - world.sent))


def _with(world: World, index: int, publisher: Publisher) -> World:
    all_of_them = (*world.publishers[:index], publisher, *world.publishers[index + 1 :])
    return world._replace(publishers=all_of_them)
