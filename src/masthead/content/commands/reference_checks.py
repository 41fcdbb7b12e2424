"""References: a draft refers to what exists, a published entry to what is public."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from masthead.content.commands.changes import Change
from masthead.content.commands.publishing import make_public
from masthead.content.commands.standings import Standing, load_standings
from masthead.content.commands.states import EntryState, Revision
from masthead.content.commands.turn import Turn
from masthead.content.field_references import field_references


class References:
    """Checks what the entries of a turn refer to, and publishes along what may come along."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._stored: dict[str, Standing] = {}

    async def check(self, changes: Iterable[Change]) -> dict[str, Standing]:
        """Note every reference that cannot be; return how all stand that the changes refer to, or did."""
        pending = list(changes)
        while pending:
            await self._load(pending)
            for change in pending:
                self._check_draft(change)
            pending = await self._check_public(pending)
        return self.standings

    @property
    def standings(self) -> dict[str, Standing]:
        """As the database has them, and what the turn changes as it will be."""
        found = dict(self._stored)
        for key, state in self._turn.after.items():
            if not state.is_deleted:
                found[str(key)] = Standing.of(state)
            else:
                found.pop(str(key), None)
        return found

    async def _load(self, changes: Iterable[Change]) -> None:
        model = self._turn.model
        wanted: set[str] = set()
        for change in changes:
            for stage in ("draft", "live"):
                if change.is_shown_anew(stage):
                    wanted |= change.references_after(model, stage)
            if change.is_shown_anew("live"):
                wanted |= change.references_before(model, "live")
        own = {str(each) for each in self._turn.after}
        missing = wanted - self._stored.keys() - own
        self._stored |= await load_standings(self._turn.transaction, model, missing)

    def _check_draft(self, change: Change) -> None:
        """What was there before may stay: it was right when it was written."""
        head = change.after.shown("draft")
        if head is None or not change.is_shown_anew("draft"):
            return
        before = (
            set()
            if change.before is None
            else {each for _, _, each in self._stated(change.before, change.before.head)}
        )
        for path, wanted, target in self._stated(change.after, head):
            if target not in before:
                self._exists(change.after, path, wanted, target)

    def _exists(self, state: EntryState, path: str, wanted: str, target: str) -> Standing | None:
        standing = self.standings.get(target)
        where = f'"{path}" of this {state.content_type.name}'
        if standing is None:
            self._fault(
                state, path, "reference-unknown", f"{where} refers to {target}, and there is no such entry."
            )
        elif standing.type != self._turn.model[wanted].identity:
            message = f"{where} refers to {target}, which is no {wanted}."
            self._fault(state, path, "reference-type", message)
        elif standing.is_archived:
            message = f"{where} refers to {wanted} {target}, which is archived."
            self._fault(state, path, "reference-archived", message)
        else:
            return standing
        return None

    async def _check_public(self, changes: Iterable[Change]) -> list[Change]:
        """Note what is published and refers to what is not public; return what is published along."""
        turn = self._turn
        along: set[UUID] = set()
        for change in changes:
            live = change.after.shown("live")
            if live is None or not change.is_shown_anew("live"):
                continue
            is_noted = {each for each in (turn.faults) if each.entry == change.id}
            noted = {each.path for each in is_noted}
            for path, wanted, target in self._stated(change.after, live):
                if path in noted or (standing := self._exists(change.after, path, wanted, target)) is None:
                    continue
                if standing.is_public or standing.is_derived:
                    continue
                if change.id in turn.along_all or standing.id in turn.along:
                    along.add(standing.id)
                    if change.id in turn.along_all:
                        turn.along_all.add(standing.id)
                    continue
                turn.missing.append(standing.id)
                message = f'"{path}" refers to {wanted} {target}, which is not public.'
                self._fault(change.after, path, "reference-not-public", message)
        return [await self._publish_along(each) for each in sorted(along)]

    async def _publish_along(self, target: UUID) -> Change:
        turn = self._turn
        turn.need_exclusive()
        state = await turn.entry(target, "publish")
        make_public(turn, state, state.head)
        return Change(turn.before.get(target), turn.after[target])

    def _stated(self, state: EntryState, revision: Revision) -> Iterator[tuple[str, str, str]]:
        return field_references(self._turn.model, state.content_type, revision.snapshot.fields)

    def _fault(self, state: EntryState, path: str, code: str, message: str) -> None:
        self._turn.fault(state.id, path, code, message)
