"""The end of a turn: check what its commands have decided together, then write it all.

The order matters. First what refers to what; from that follows what is published along and which derived
entries become public; then whether addresses are free and nobody holds what goes. Only then anything is
written, and everything that changed, or refers to what changed, is projected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from masthead.content.commands.changes import Change
from masthead.content.commands.entry_rows import load_entries
from masthead.content.commands.public_checks import check_claims, check_held
from masthead.content.commands.reference_checks import References
from masthead.content.commands.refusal import refused
from masthead.content.commands.registry_writing import write_registry
from masthead.content.commands.stage_writing import StageRows
from masthead.content.commands.standings import Standing, load_standings, world_of
from masthead.content.commands.telling import tell
from masthead.content.commands.turn import Turn
from masthead.content.loading import load_records
from masthead.content.records import Record, World, rows_of, texts_of
from masthead.content.registry_rows import flip_derived, referrers
from masthead.content.routes import take_route, write_routes
from masthead.model import ContentModel, kinds
from masthead.store import STAGES, Stage

Standings = dict[str, Standing]


class Conclusion:
    """Concludes one turn."""

    def __init__(self, turn: Turn, rows: StageRows) -> None:
        self._turn = turn
        self._rows = rows
        self._transaction = turn.transaction

    async def conclude(self) -> bool:
        """Check and write; tell whether what is public has changed. Raises CommandRefusedError."""
        turn = self._turn
        references = References(turn)
        standings = await references.check(self._changes())
        changes = self._changes()
        self._refuse()
        if _is_linking_to_hidden(turn.model, changes, standings):
            turn.need_exclusive()
        if any(each.is_noticed or each.is_claiming or each.after.is_deleted for each in changes):
            if len(changes) > 1 or not changes[0].is_coming_out:
                turn.need_exclusive()
            claiming = [each.after for each in changes if each.is_claiming]
            await check_claims(turn, claiming)
            await check_held(turn, changes)
            self._refuse()
        is_live_changed = await self._write(changes, standings)
        for action, entry, fields in turn.permissions:
            await turn.may.require_after(action, turn.after[entry], fields)
        await tell(turn, is_live_changed=is_live_changed)
        return is_live_changed

    def _changes(self) -> list[Change]:
        turn = self._turn
        pairs = ((turn.before.get(key), state) for key, state in turn.after.items())
        return [Change(before, after) for before, after in pairs if before != after]

    def _refuse(self) -> None:
        if self._turn.faults:
            raise refused(self._turn.faults, list(dict.fromkeys(self._turn.missing)))

    async def _write(self, changes: Sequence[Change], standings: Standings) -> bool:
        turn = self._turn
        if not changes:
            return False
        await write_registry(turn, changes, standings)
        flipped = await self._flip(changes, standings)
        owners = await self._owners(changes, flipped)
        own = [self._record(each, is_referring=each.id in owners) for each in changes]
        others = await self._others(changes, owners | flipped)
        world = await self._world(own, others, standings, flipped)
        await self._remove(changes, [each for each in others if each.id in flipped])
        await self._stamp(changes)
        await self._project([*own, *others], world, self._kept_links(changes), _absent(changes))
        is_live_changed = any(each.is_shown_anew("live") for each in changes) or bool(flipped)
        if any(each.is_claiming for each in changes) or flipped:
            await self._route(changes, [each for each in others if each.id in flipped])
        return is_live_changed or any(each.published is not None for each in others)

    async def _flip(self, changes: Sequence[Change], standings: Standings) -> set[UUID]:
        """Make derived entries public that something public refers to now, and the others not."""
        model = self._turn.model
        left: set[str] = set()
        joined: set[str] = set()
        for each in changes:
            if each.is_shown_anew("live"):
                before, after = each.references_before(model, "live"), each.references_after(model, "live")
                left |= before - after
                joined |= after - before
        moved = [
            found
            for name in left | joined
            if (found := standings.get(name)) is not None and (name in left or not found.is_public)
        ]
        derived = [each.id for each in moved if each.is_derived and each.id not in self._turn.after]
        if not derived:
            return set()
        self._turn.need_exclusive()
        flipped = await flip_derived(self._transaction, self._turn.now, derived)
        self._turn.flipped = await load_entries(self._transaction, model, flipped)
        await check_claims(self._turn, self._turn.flipped)
        self._refuse()
        return set(flipped)

    async def _owners(self, changes: Sequence[Change], flipped: set[UUID]) -> set[UUID]:
        """Who refers to what is noticed, where it is."""
        found: set[UUID] = set()
        noticed = {stage: {each.id for each in changes if each.is_noticed_in(stage)} for stage in STAGES}
        noticed["live"] |= flipped
        for stage, targets in noticed.items():
            if targets:
                found |= await referrers(self._transaction, targets, [stage])
        if found - {each.id for each in changes}:
            self._turn.need_exclusive()
        return found

    async def _others(self, changes: Sequence[Change], wanted: set[UUID]) -> list[Record]:
        """What must be projected anew though it is not changed itself."""
        others = wanted - {each.id for each in changes}
        return await load_records(self._transaction, self._turn.model, sorted(others))

    def _record(self, change: Change, *, is_referring: bool) -> Record:
        """The entry in the stages that show it otherwise now."""
        is_draft = change.is_shown_anew("draft") and not change.is_only_stamped
        is_live = change.is_shown_anew("live")
        return change.after.record(
            self._turn.model, draft=is_draft or is_referring, live=is_live or is_referring
        )

    async def _stamp(self, changes: Sequence[Change]) -> None:
        """The moment of the first publication, in drafts that stay as they are."""
        for each in changes:
            if each.is_only_stamped:
                await self._rows.stamp(
                    self._transaction, each.after.content_type.name, each.id, each.after.published_at
                )

    def _kept_links(self, changes: Sequence[Change]) -> frozenset[tuple[Stage, UUID, str]]:
        """Link rows that are there already. Beside other commands no target comes or goes."""
        if self._turn.is_exclusive:
            return frozenset()
        return frozenset(
            (stage, each.id, field.name)
            for each in changes
            for stage in STAGES
            for field in each.after.content_type.fields
            if isinstance(field.kind, kinds.References) and each.keeps_links(stage, field)
        )

    async def _world(
        self, own: Sequence[Record], others: Sequence[Record], standings: Standings, flipped: set[UUID]
    ) -> World:
        """What every record refers to, as it is now."""
        wanted = {each for record in (*own, *others) for stage in STAGES for each in record.references(stage)}
        known = {name: each for name, each in standings.items() if each.id not in flipped}
        found = await load_standings(
            self._transaction, self._turn.model, wanted - known.keys() - self._deleted()
        )
        by_id = {record.id: record for record in others if record.id in flipped}
        for name, each in found.items():
            if (record := by_id.get(each.id)) is not None:
                found[name] = replace(each, live_path=record.address("live"))
        return world_of({**known, **found})

    def _deleted(self) -> set[str]:
        return {str(key) for key, state in self._turn.after.items() if state.is_deleted}

    async def _remove(self, changes: Sequence[Change], flipped: Sequence[Record]) -> None:
        """Rows of what is not in a stage any more, and of what may change places with another entry."""
        left: dict[str, list[UUID]] = {}
        for record in flipped:
            if record.published is None:
                left.setdefault(record.content_type.name, []).append(record.id)
        await self._rows.remove(self._transaction, "live", left)
        for stage in STAGES:
            gone: dict[str, list[UUID]] = {}
            for each in changes:
                if each.before is None or each.before.shown(stage) is None or each.after.is_deleted:
                    continue
                if each.after.shown(stage) is None or (stage == "live" and each.is_claiming):
                    gone.setdefault(each.after.content_type.name, []).append(each.id)
            await self._rows.remove(self._transaction, stage, gone)

    async def _project(
        self,
        records: Sequence[Record],
        world: World,
        kept: frozenset[tuple[Stage, UUID, str]],
        absent: frozenset[tuple[Stage, UUID]],
    ) -> None:
        texts = [texts_of(record, world) for record in records]
        wanted = [text for each in texts for _, text in each]
        shown = iter(await self._turn.renderer.show(wanted) if wanted else ())
        projected = [
            rows_of(record, each, [next(shown) for _ in each], world)
            for record, each in zip(records, texts, strict=True)
        ]
        await self._rows.put(self._transaction, projected, kept=kept, absent=absent)

    async def _route(self, changes: Sequence[Change], flipped: Sequence[Record]) -> None:
        claiming = [each for each in changes if each.is_claiming]
        there = [each.after.record(self._turn.model) for each in claiming if not each.after.is_deleted]
        gone = [each.id for each in claiming if each.after.is_deleted]
        if not self._turn.is_exclusive:
            await self._take_address(there)
            return
        absent = {entry for stage, entry in _absent(changes) if stage == "live"}
        await write_routes(self._transaction, [*there, *flipped], gone, absent)

    async def _take_address(self, records: Sequence[Record]) -> None:
        """Of the one entry that becomes public beside others."""
        for each in records:
            path = each.address("live")
            if path is not None and not await take_route(self._transaction, path, each.id):
                self._turn.need_exclusive()  # somebody else has taken it meanwhile


def _is_linking_to_hidden(
    model: ContentModel, changes: Sequence[Change], standings: Mapping[str, Standing]
) -> bool:
    """Whether what is public comes to link, in its texts, to what is not: that would have to show it anew,
    should it become public at this moment."""
    return any(
        (found := standings.get(target)) is not None and not found.is_public
        for each in changes
        if each.is_shown_anew("live")
        for target in each.references_after(model, "live")
    )


def _absent(changes: Sequence[Change]) -> frozenset[tuple[Stage, UUID]]:
    """The stages that had nothing of an entry before the turn: no row, no list, no address."""
    return frozenset(
        (stage, each.id)
        for each in changes
        for stage in STAGES
        if each.before is None or each.before.shown(stage) is None
    )
