"""What a viewer may see, in the place of every table: rows that it may not see are not there, fields that
are hidden from it are null. So no count, filter, order, group, search or nested path can tell of them.

What nothing restricts keeps its bare name: such a statement is what it would be without a guard.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

from masthead.access import ALWAYS, NEVER, Policies, Predicate, Shape, Viewer, all_of, fold, without_fields
from masthead.model import ContentModel, ContentType, Field, kinds
from masthead.query.guard.predicate import VIEWER, Row
from masthead.query.sketch import Sketch
from masthead.query.sql import quote
from masthead.store import MARKDOWN_COLUMNS, SEARCH, Stage

_SYSTEM = ("id", "path", "created_at", "updated_at", "published_at")


@dataclass(frozen=True, slots=True)
class Veil:
    """What a viewer may see of one type: the entries for which `rows` holds. `fields`, and the physical
    `columns` that tell of them, are those that are not shown with every one of these, each with when it is.
    `targets` are the columns of references to types of which not every entry is visible."""

    rows: Predicate
    fields: Mapping[str, Predicate]
    columns: Mapping[str, Predicate]
    targets: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        """Whether everything is shown."""
        return self.rows == ALWAYS and not self.fields and not self.targets


class Guard:
    """A View of one stage for one shape of viewer; whose viewer it is comes with the values of a plan."""

    def __init__(self, model: ContentModel, policies: Policies, shape: Shape, stage: Stage) -> None:
        self._model = model
        rows = {each.name: fold(policies.rule("read", each.name, shape), stage=stage) for each in model}
        self._veils = {each.name: _veil(each, rows, policies, shape, stage) for each in model}
        # In what is public, nothing asks for what is archived.
        listed = model if stage == "draft" else ()
        self._archived = {each.name: _archived_veil(each, rows, policies, shape) for each in listed}
        self.is_open = all(veil.is_open for veils in (self._veils, self._archived) for veil in veils.values())
        """Whether it hides nothing at all."""

    def rows(self, sketch: Sketch, content_type: ContentType, source: str) -> str:
        """The rows that may be seen, with what may be seen of them."""
        return self._seen(sketch, content_type, source, self._veils[content_type.name])

    def archived(self, sketch: Sketch, content_type: ContentType, source: str) -> str:
        """The same of entries that are archived: rules that ask for their fields do not hold for them."""
        return self._seen(sketch, content_type, source, self._archived[content_type.name])

    def _seen(self, sketch: Sketch, content_type: ContentType, source: str, veil: Veil) -> str:
        if veil.is_open:
            return source
        row = Row(sketch, self, content_type, sketch.alias("g"))
        columns = self._columns(row, veil)
        condition = row.holds(veil.rows)
        return f"(SELECT {columns} {row.source(source)}{_where([condition])})"

    def hides(self, content_type: ContentType) -> bool:
        """Whether there can be entries of the type that the viewer does not see."""
        return self._veils[content_type.name].rows != ALWAYS

    def links(self, sketch: Sketch, content_type: ContentType, field: Field, source: str) -> str:
        """The links whose both ends may be seen, of a list that may be seen."""
        veil, link = self._veils[content_type.name], sketch.alias("g")
        shown = veil.fields.get(field.name, ALWAYS)
        conditions = []
        if veil.rows != ALWAYS or shown != ALWAYS:
            conditions.append(self._exists(sketch, content_type, f'{link}."owner"', veil.rows, shown))
        target = self._model[_target(field)]
        if self._veils[target.name].rows != ALWAYS:
            conditions.append(self._exists(sketch, target, f'{link}."target"', self._veils[target.name].rows))
        sort, order = f'{link}."sort"', content_type.order_field
        if order is not None and order.name in veil.fields:
            when = veil.fields[order.name]
            is_shown = (
                "false" if when == NEVER else self._exists(sketch, content_type, f'{link}."owner"', when)
            )
            sort = f"CASE WHEN {is_shown} THEN {sort} END"
        elif not conditions:
            return source
        listed = ", ".join(f'{link}."{name}"' for name in ("owner", "position", "target"))
        return f'(SELECT {listed}, {sort} AS "sort" FROM {source} {link}{_where(conditions)})'

    def archived_links(self, sketch: Sketch, content_type: ContentType, field: Field, source: str) -> str:
        """The links of archived entries that may be seen, of a list that may be seen."""
        veil, link = self._archived[content_type.name], sketch.alias("g")
        shown = veil.fields.get(field.name, ALWAYS)
        conditions = []
        if veil.rows != ALWAYS or shown != ALWAYS:
            owner = Row(sketch, self, content_type, sketch.alias("g"), sketch.alias("e"))
            held = [owner.holds(each) for each in dict.fromkeys((veil.rows, shown))]
            source_of = f'masthead."entry" {owner.registry}'
            is_it = f'{owner.registry}."id" = {link}."owner"'
            conditions.append(f"EXISTS (SELECT FROM {source_of}{_where([is_it, *held])})")
        target = self._model[_target(field)]
        if self._veils[target.name].rows != ALWAYS:
            conditions.append(self._exists(sketch, target, f'{link}."target"', self._veils[target.name].rows))
        if not conditions:
            return source
        return f"(SELECT {link}.* FROM {source} {link}{_where(conditions)})"

    def may_be_null(self, content_type: ContentType, name: str) -> bool:
        """Whether it can show null for a field or a system field that has a value."""
        veil = self._veils[content_type.name]
        if name not in content_type:
            return name in veil.columns
        return name in veil.fields or content_type[name].column in veil.targets

    def reference(self, content_type: ContentType, column: str) -> str:
        """Where a reference may lead to what cannot be seen, it is null; a column beside it holds it for
        joins backwards, in which an index finds it."""
        return f"{column}$" if column in self._veils[content_type.name].targets else column

    def predicates(self, content_type: ContentType) -> tuple[Predicate, ...]:
        """All that decides what is seen of the type's entries; nothing where all of it is."""
        veil = self._veils[content_type.name]
        return () if veil.is_open else (veil.rows, *veil.fields.values(), *veil.columns.values())

    def _columns(self, row: Row, veil: Veil) -> str:
        if not veil.columns and not veil.targets:
            return f"{row.alias}.*"
        listed = []
        for name in _physical(row.content_type):
            value = row.column(name)
            if name in veil.columns:
                value = f"CASE WHEN {row.holds(veil.columns[name])} THEN {value} END"
            if (target := veil.targets.get(name)) is not None:
                listed.append(f"{value} AS {quote(f'{name}$')}")
                is_there = self._exists(
                    row.sketch, self._model[target], row.column(name), self._veils[target].rows
                )
                value = f"CASE WHEN {is_there} THEN {value} END"
            listed.append(f"{value} AS {quote(name)}")
        return ", ".join(listed)

    def _exists(self, sketch: Sketch, content_type: ContentType, id_: str, *predicates: Predicate) -> str:
        row = Row(sketch, self, content_type, sketch.alias("g"))
        is_it = f"{row.column('id')} = {id_}"
        held = [row.holds(each) for each in dict.fromkeys(predicates)]
        source = row.source(sketch.table(content_type, self))
        return f"EXISTS (SELECT {source}{_where([is_it, *held])})"


def viewer_values(viewer: Viewer) -> dict[str, Any]:
    """What the plans of guards need among the values of a request's variables."""
    return {VIEWER: {"account": viewer.account, "groups": sorted(viewer.groups)}}


def _veil(
    content_type: ContentType, rows: Mapping[str, Predicate], policies: Policies, shape: Shape, stage: Stage
) -> Veil:
    seen = {
        field.name: fold(policies.field_rule("read", content_type.name, shape, field.name), stage=stage)
        for field in content_type.fields
    }
    return _made_veil(content_type, rows[content_type.name], seen, rows)


def _archived_veil(
    content_type: ContentType, rows: Mapping[str, Predicate], policies: Policies, shape: Shape
) -> Veil:
    """That of archived entries, as `permitted` has it; `rows` says which others may be seen."""
    whole = fold(without_fields(policies.rule("read", content_type.name, shape)))
    seen = {
        field.name: fold(without_fields(policies.field_rule("read", content_type.name, shape, field.name)))
        for field in content_type.fields
    }
    return _made_veil(content_type, whole, seen, rows)


def _made_veil(
    content_type: ContentType,
    whole: Predicate,
    seen: Mapping[str, Predicate],
    rows: Mapping[str, Predicate],
) -> Veil:
    """`whole` says which entries are seen, and `seen` with every field; `rows` which of other types."""
    fields = {name: predicate for name, predicate in seen.items() if predicate != whole}
    columns: dict[str, Predicate] = {}
    targets: dict[str, str] = {}
    for field in content_type.fields:
        if field.name in fields:
            columns |= dict.fromkeys(_columns_of(field), fields[field.name])
        if isinstance(field.kind, kinds.Reference) and rows[field.kind.target] != ALWAYS:
            targets[field.column] = field.kind.target
    return Veil(whole, fields, columns | _made_of(content_type, fields), targets)


def _made_of(content_type: ContentType, fields: Mapping[str, Predicate]) -> dict[str, Predicate]:
    """An address tells the fields of its pattern, and the words of a search those that are searched."""
    pattern = {name for _, name, _, _ in Formatter().parse(content_type.path or "") if name}
    searched = {field.name for field in content_type.fields if field.search}
    made = {"path": pattern & set(fields), SEARCH: searched & set(fields)}
    return {column: all_of(fields[name] for name in sorted(names)) for column, names in made.items() if names}


def _physical(content_type: ContentType) -> Iterator[str]:
    """Every column of the type's table."""
    yield from _SYSTEM
    for field in content_type.fields:
        yield from _columns_of(field)
    if content_type.is_searchable:
        yield SEARCH


def _columns_of(field: Field) -> tuple[str, ...]:
    match field.kind:
        case kinds.References():
            return ()
        case kinds.Markdown():
            return tuple(field.column + suffix for suffix in MARKDOWN_COLUMNS)
        case _:
            return (field.column,)


def _target(field: Field) -> str:
    if not isinstance(field.kind, kinds.References):
        raise AssertionError(f"{field.name} is no list of references")
    return field.kind.target


def _where(conditions: Sequence[str]) -> str:
    needed = [each for each in conditions if each != "true"]
    return f" WHERE {' AND '.join(needed)}" if needed else ""
