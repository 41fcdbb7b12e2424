"""The public as a preview shows it: what changes, what that changes in turn, and the rows of all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from masthead.content.commands.changes import Change
from masthead.content.commands.entry_rows import plain_id
from masthead.content.commands.standings import Standing, load_standings
from masthead.content.commands.states import EntryState
from masthead.content.loading import load_records
from masthead.content.previews.changing import Wanted, load_changes, load_flips, with_fields
from masthead.content.previews.claims import load_rivals, without_rivals
from masthead.content.previews.overlay_rows import OverlayRows
from masthead.content.previews.placeholders import Placeholders, placeholder_id
from masthead.content.records import Record, Version, World, rows_of, texts_of
from masthead.content.renderer import Renderer
from masthead.content.routes import old_routes
from masthead.model import ContentModel, ContentType
from masthead.query import Overlay
from masthead.store import Transaction

MOST_REFERRERS = 500
"""Public entries that are projected anew because a link of theirs leads elsewhere, the newest first. The
links of others lead where they lead in public."""


@dataclass(frozen=True, slots=True)
class PreviewedWorld:
    """`overlay` is for plans; `redirects` are own and old addresses of the entries in it, each with the
    own one; `states` are the entries that it is of, as they would be; `watched` those of which something
    was read that may change."""

    overlay: Overlay
    redirects: Mapping[str, str]
    states: Sequence[EntryState]
    watched: Sequence[UUID]


class Worlds:
    """Computes previewed worlds of one model."""

    def __init__(self, model: ContentModel, renderer: Renderer) -> None:
        self._model = model
        self._renderer = renderer
        self._rows = OverlayRows(model)

    async def of(self, transaction: Transaction, wanted: Sequence[Wanted], now: datetime) -> PreviewedWorld:
        """The world in which what is wanted is public."""
        model = self._model
        own = await load_changes(transaction, model, wanted, now)
        changes = [*own, *await load_flips(transaction, model, own, now)]
        others = await _load_referrers(transaction, model, changes)
        standings = await _load_standings(transaction, model, changes, others)
        whole = _Whole(model, now, standings)
        changes = [whole.change(each) for each in changes]
        others = [whole.record(each) for each in others]
        changed = [each.after.record(model, draft=False) for each in changes]
        shown = without_rivals([*changed, *others, *whole.stand_ins()])
        away = {each.id: each.content_type for each in (*changed, *others, *shown)}
        away |= await load_rivals(transaction, model, shown, list(away))
        overlay = await self._overlay(shown, away, standings)
        after = {each.id: each.after for each in changes}
        return PreviewedWorld(
            overlay,
            _redirects(shown),
            [after[each.id] for each in own],
            sorted({*after, *(each.id for each in others), *(each.id for each in standings.values())}),
        )

    async def _overlay(
        self,
        shown: Sequence[Record],
        away: Mapping[UUID, ContentType],
        standings: Mapping[str, Standing],
    ) -> Overlay:
        there = {
            key: each.live_path
            for key, each in standings.items()
            if each.is_public and not each.is_archived and each.id not in away
        }
        there |= {str(each.id): each.address("live") for each in shown if each.published is not None}
        world = World(there, {})
        texts = [texts_of(record, world) for record in shown]
        wanted = [text for each in texts for _, text in each]
        views = iter(await self._renderer.show(wanted) if wanted else ())
        projected = []
        for record, each in zip(shown, texts, strict=True):
            _, rows = rows_of(record, each, [next(views) for _ in each], world)
            if "live" in rows:
                projected.append((record.content_type.name, rows["live"]))
        return self._rows.overlay(projected, {each.name for each in away.values()}, away)


@dataclass(slots=True)
class _Whole:
    """Makes what is shown whole, and remembers of which types it needs entries that stand for others."""

    model: ContentModel
    now: datetime
    standings: Mapping[str, Standing]
    stand_in_types: dict[str, ContentType] = field(default_factory=dict)

    def change(self, change: Change) -> Change:
        published = change.after.published
        if published is None:
            return change
        fields = self._placeholders().filled(change.after.content_type, change.id, published.snapshot.fields)
        return with_fields(change, fields)

    def record(self, record: Record) -> Record:
        if record.published is None:
            return record
        fields = self._placeholders().filled(record.content_type, record.id, record.published.fields)
        return replace(record, published=replace(record.published, fields=fields))

    def stand_ins(self) -> list[Record]:
        """Call it last. What stands for an entry may itself need another one."""
        made: dict[str, Record] = {}
        while missing := [each for name, each in self.stand_in_types.items() if name not in made]:
            for each in missing:
                key = placeholder_id(each)
                version = Version(self._placeholders().filled(each, key, {}), self.now)
                made[each.name] = Record(self.model, key, each, self.now, self.now, None, version)
        return list(made.values())

    def _placeholders(self) -> Placeholders:
        return Placeholders(self.model, self.now, self._is_there, self._want)

    def _is_there(self, key: str) -> bool:
        standing = self.standings.get(key)
        return standing is not None and standing.is_public and not standing.is_archived

    def _want(self, content_type: ContentType) -> None:
        self.stand_in_types[content_type.name] = content_type


async def _load_referrers(
    transaction: Transaction, model: ContentModel, changes: Sequence[Change]
) -> list[Record]:
    """The public entries that refer to what others notice, with what is public of them."""
    noticed = [each.id for each in changes if each.is_noticed]
    if not noticed:
        return []
    rows = await transaction.fetch(
        "SELECT DISTINCT owner FROM masthead.link WHERE stage = 'live' AND target = ANY($1::uuid[]) "
        "AND owner <> ALL($2::uuid[]) ORDER BY owner DESC LIMIT $3",
        noticed,
        [each.id for each in changes],
        MOST_REFERRERS,
    )
    records = await load_records(transaction, model, [row["owner"] for row in rows])
    return [replace(each, id=plain_id(each.id), head=None) for each in records]


async def _load_standings(
    transaction: Transaction, model: ContentModel, changes: Sequence[Change], others: Iterable[Record]
) -> dict[str, Standing]:
    """How everything stands that is referred to, in the world of the preview."""
    own = {str(each.id): Standing.of(each.after) for each in changes}
    wanted = {name for each in changes for name in each.references_after(model, "live")}
    wanted |= {name for each in others for name in each.references("live")}
    return {**await load_standings(transaction, model, wanted - own.keys()), **own}


def _redirects(shown: Sequence[Record]) -> dict[str, str]:
    own = {record.id: path for record in shown if (path := record.address("live")) is not None}
    found: dict[str, str] = {}
    for path, entry in old_routes(shown):
        found.setdefault(path, own[entry])
    return found | {path: path for path in own.values()}
