"""Which rows a condition holds for, as a predicate of SQL.

Conditions are true or false; SQL has a third value. A predicate here is true exactly where its condition
holds, and may be unknown where it does not: enough for WHERE, and `x = $1` stays what an index can find.
A negation is pushed down to the comparisons, where `(…) IS NOT TRUE` makes two values of three. A bare NOT
stands only before what is never unknown; before EXISTS it lets PostgreSQL plan an anti-join.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from masthead.model import ContentType, kinds
from masthead.query.comparison import compare, compared
from masthead.query.selection import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Leads,
    Not,
    Referrers,
    Related,
)
from masthead.query.sketch import Sketch
from masthead.query.sql import quote

Expression = Callable[[str], str]
"""The expression of a row's physical column."""

EVERYTHING = AllOf(())
"""The condition that always holds."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Writes conditions on one row, which may be that of an archived entry. `path` is that of the
    connection, for errors."""

    sketch: Sketch
    content_type: ContentType
    row: Expression
    path: tuple[str, ...]
    is_archived: bool = False

    def write(self, condition: Condition, *, is_negated: bool = False) -> str:
        """The predicate of the condition, or of its opposite."""
        match condition:
            case AllOf(parts=parts):
                return self._join(parts, is_any=is_negated, is_negated=is_negated)
            case AnyOf(parts=parts):
                return self._join(parts, is_any=not is_negated, is_negated=is_negated)
            case Not(part=part):
                return self.write(part, is_negated=not is_negated)
            case Compare(field=name):
                value = compared(self.sketch, self.content_type, name, self.row)
                return compare(self.sketch, value, condition, self.path, is_negated=is_negated)
            case Leads():
                return self._leads(condition, is_negated=is_negated)
            case Related():
                return self._related(condition, is_negated=is_negated)
            case _:
                assert_never(condition)

    def _join(self, parts: Iterable[Condition], *, is_any: bool, is_negated: bool) -> str:
        written = [self.write(part, is_negated=is_negated) for part in parts]
        if len(written) == 1:
            return written[0]
        if not written:
            return "false" if is_any else "true"
        return f"({(' OR ' if is_any else ' AND ').join(written)})"

    def _leads(self, leads: Leads, *, is_negated: bool) -> str:
        field = self.content_type[leads.field]
        target = self._target(field.kind)
        reference = self.row(field.column)
        if leads.condition == EVERYTHING and self._is_kept:
            return f"{reference} IS {'' if is_negated else 'NOT '}NULL"
        if columns_read(target, leads.condition) <= {"id"} and self._is_kept:
            # What a reference of `live` holds is the id of an entry that is there.
            on_id = self._on(target, lambda _: reference).write(leads.condition)
            held = f"({reference} IS NOT NULL AND {on_id})"
            return f"{held} IS NOT TRUE" if is_negated else held
        alias = self.sketch.alias("w")
        rows = f'FROM {self.sketch.table(target)} {alias} WHERE {alias}."id" = {reference}'
        return self._exists(rows, target, _columns_of(alias), leads.condition, is_none=is_negated)

    def _related(self, related: Related, *, is_negated: bool) -> str:
        """EXISTS, or its opposite; "every" is that none is otherwise."""
        is_every = related.quantifier == "every"
        is_none = (related.quantifier != "some") is not is_negated
        condition = Not(related.condition) if is_every else related.condition
        rows, content_type, row = self._relation(related.relation, condition)
        return self._exists(rows, content_type, row, condition, is_none=is_none)

    def _exists(
        self, rows: str, content_type: ContentType, row: Expression, condition: Condition, *, is_none: bool
    ) -> str:
        inner = self._on(content_type, row).write(condition)
        also = "" if inner == "true" else f" AND {inner}"
        return f"{'NOT ' if is_none else ''}EXISTS (SELECT {rows}{also})"

    def _relation(
        self, relation: str | Referrers, condition: Condition
    ) -> tuple[str, ContentType, Expression]:
        """FROM and WHERE of the related rows, their type, and how to read a column of one."""
        if isinstance(relation, str):
            field = self.content_type[relation]
            target = self._target(field.kind)
            links = self.sketch.archived_links if self.is_archived else self.sketch.links
            listed = links(self.content_type, field)
            return self._through_links(listed, target, condition, end="target")
        owner = self.sketch.model[relation.type]
        field = owner[relation.field]
        if isinstance(field.kind, kinds.References):
            return self._through_links(self.sketch.links(owner, field), owner, condition, end="owner")
        alias, column = self.sketch.alias("w"), self.sketch.reference(owner, field.column)
        rows = f"FROM {self.sketch.table(owner)} {alias} WHERE {alias}.{quote(column)} = {self.row('id')}"
        return rows, owner, _columns_of(alias)

    def _through_links(
        self, table: str, related: ContentType, condition: Condition, *, end: str
    ) -> tuple[str, ContentType, Expression]:
        """`end` is the column of the link `table` that holds the related entry's id. The table itself is
        joined only where the condition reads more of it, or where the entry may be missing."""
        link, start = self.sketch.alias("l"), "owner" if end == "target" else "target"
        links = f"FROM {table} {link}"
        where = f'WHERE {link}."{start}" = {self.row("id")}'
        is_there = end == "owner" or self._is_kept
        if is_there and columns_read(related, condition) <= {"id"}:
            return f"{links} {where}", related, lambda _: f'{link}."{end}"'
        alias = self.sketch.alias("w")
        joined = f'JOIN {self.sketch.table(related)} {alias} ON {alias}."id" = {link}."{end}"'
        return f"{links} {joined} {where}", related, _columns_of(alias)

    def _on(self, content_type: ContentType, row: Expression) -> "Filter":
        """The same for a related row, which is never archived."""
        return replace(self, content_type=content_type, row=row, is_archived=False)

    def _target(self, kind: kinds.Kind) -> ContentType:
        if not isinstance(kind, kinds.Reference | kinds.References):
            raise AssertionError(f"{kind} is not a reference")
        return self.sketch.model[kind.target]

    @property
    def _is_kept(self) -> bool:
        """Whether references lead to entries that are there: a draft may refer to nothing."""
        return self.sketch.stage == "live"


def columns_read(content_type: ContentType, condition: Condition) -> frozenset[str]:
    """The physical columns of the row itself that its predicate reads."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return frozenset().union(*(columns_read(content_type, each) for each in parts))
        case Not(part=part):
            return columns_read(content_type, part)
        case Related():
            return frozenset({"id"})
        case Compare(field=name) | Leads(field=name):
            return frozenset({content_type[name].column if name in content_type else name})
        case _:
            assert_never(condition)


def _columns_of(alias: str) -> Expression:
    return lambda column: f"{alias}.{quote(column)}"
