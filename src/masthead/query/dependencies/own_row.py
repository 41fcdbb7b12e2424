"""What a filter asks of an entry's own row: its conditions as a touch can answer them.

The filter is brought into a form without a negation but of single comparisons, so that what a touch cannot
tell (other rows, long texts, orders of text) can be taken to hold: the result holds wherever the filter does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from masthead.kernel import InputError
from masthead.model import ContentType, kinds
from masthead.query.filter import EVERYTHING
from masthead.query.operands import operand_of
from masthead.query.plan import Variables, value_of
from masthead.query.selection import (
    AllOf,
    AnyOf,
    Argument,
    Compare,
    Condition,
    Given,
    Leads,
    Not,
    Operator,
    Related,
)

NOTHING = AnyOf(())
"""The condition that never holds."""

_EQUALITY: frozenset[Operator] = frozenset({"eq", "in"})
_ORDERING: frozenset[Operator] = frozenset({*_EQUALITY, "lt", "lte", "gt", "gte", "is_null"})
# Which text comes first, and what its lower case is, PostgreSQL decides by its locale.
_TEXT: frozenset[Operator] = frozenset({*_EQUALITY, "contains", "starts_with", "ends_with", "is_null"})
_LIST: frozenset[Operator] = frozenset({"has", "has_some", "has_every", "is_empty", "is_null"})
_OPPOSITES: dict[Operator, Operator] = {"ne": "eq", "not_in": "in"}


@dataclass(frozen=True, slots=True)
class OwnRow:
    """Filters on entries of one type, with the values of a request. `is_veiled` says which fields the viewer
    may see otherwise than the row has them: nothing is known of those."""

    content_type: ContentType
    is_veiled: Callable[[str], bool]
    variables: Variables

    def of(self, condition: Condition | None) -> Condition:
        """What it asks of the row alone."""
        return EVERYTHING if condition is None else self._write(condition, is_negated=False)

    def equal(self, field: str, value: Argument) -> Condition:
        """That a field has a value."""
        return self._write(Compare(field, "eq", value), is_negated=False)

    def _write(self, condition: Condition, *, is_negated: bool) -> Condition:
        match condition:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                written = [self._write(part, is_negated=is_negated) for part in parts]
                return any_of(written) if isinstance(condition, AnyOf) is not is_negated else all_of(written)
            case Not(part=part):
                return self._write(part, is_negated=not is_negated)
            case Compare(field=name):
                if self.is_veiled(name):
                    return EVERYTHING
                column, kind = self._column(name)
                return self._compare(condition, column, kind, is_negated=is_negated)
            case Leads():
                return self._leads(condition, is_negated=is_negated)
            case Related(relation=str(name), quantifier="some") if not is_negated:
                return self._has(self.content_type[name].column, condition.condition)
            case _:
                return EVERYTHING

    def _leads(self, leads: Leads, *, is_negated: bool) -> Condition:
        column = self.content_type[leads.field].column
        on_id = self._on_id(leads.condition, column, is_negated=is_negated)
        is_null = Compare(column, "is_null", Given(value=True))
        if not is_negated:
            return all_of([Not(is_null), on_id])
        return EVERYTHING if self.is_veiled(leads.field) else any_of([is_null, on_id])

    def _on_id(self, condition: Condition, column: str, *, is_negated: bool) -> Condition:
        """What is asked of the id of the entry that a reference leads to; nothing is known of its row."""
        match condition:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                written = [self._on_id(part, column, is_negated=is_negated) for part in parts]
                return any_of(written) if isinstance(condition, AnyOf) is not is_negated else all_of(written)
            case Not(part=part):
                return self._on_id(part, column, is_negated=not is_negated)
            case Compare(field="id"):
                return self._compare(condition, column, None, is_negated=is_negated)
            case _:
                return EVERYTHING

    def _has(self, column: str, condition: Condition) -> Condition:
        """What is asked of the ids of the entries that a list of references leads to."""
        match condition:
            case AllOf(parts=parts):
                return all_of([self._has(column, part) for part in parts])
            case Compare(field="id", operator="eq" | "in" as operator):
                values = self._read(condition, None)
                if values is None:
                    return EVERYTHING
                return Compare(column, "has" if operator == "eq" else "has_some", values)
            case _:
                return EVERYTHING

    def _column(self, name: str) -> tuple[str, kinds.Kind | None]:
        if name in self.content_type:
            return self.content_type[name].column, self.content_type[name].kind
        kind = None if name == "id" else kinds.Text() if name == "path" else kinds.DateTime()
        return name, kind

    def _compare(
        self, compare: Compare, column: str, kind: kinds.Kind | None, *, is_negated: bool
    ) -> Condition:
        operator = compare.operator
        if operator in _OPPOSITES:
            operator, is_negated = _OPPOSITES[operator], not is_negated
        if operator not in _decided(kind):
            return EVERYTHING
        value = self._read(Compare(column, operator, compare.value), kind)
        if value is None:
            return EVERYTHING
        written = Compare(column, operator, value)
        return Not(written) if is_negated else written

    def _read(self, compare: Compare, kind: kinds.Kind | None) -> Given | None:
        """The value, as one that can be hashed and compared; None where it is none."""
        try:
            value = value_of(compare.value, self.variables)
            if compare.operator not in ("is_null", "is_empty"):
                value = operand_of(kind, compare.operator).read(value)
        except InputError:  # nothing read it: PostgreSQL was not asked
            return None
        item = kind.item if isinstance(kind, kinds.Scalars) else kind
        return Given(_typed(value, item))


def _decided(kind: kinds.Kind | None) -> frozenset[Operator]:
    """The operators that Python decides as PostgreSQL does, from what a touch has of the field."""
    match kind:
        case None:
            return _EQUALITY
        case kinds.Text() | kinds.Url() | kinds.Slug():
            return _TEXT
        case kinds.Integer() | kinds.Float() | kinds.Decimal() | kinds.Date() | kinds.DateTime():
            return _ORDERING
        case kinds.Boolean() | kinds.Enumeration():
            return _EQUALITY | {"is_null"}
        case kinds.Scalars():
            return _LIST
        case _:
            return frozenset()


def _typed(value: Any, kind: kinds.Kind | None) -> Any:
    match value, kind:
        case list(), _:
            return tuple(_typed(each, kind) for each in value)
        case str(), kinds.Date():
            return date.fromisoformat(value)
        case str(), kinds.DateTime():
            return datetime.fromisoformat(value)
        case _:
            return value


def all_of(parts: list[Condition]) -> Condition:
    """That all hold, with as few words as that takes."""
    inner = [each for part in parts for each in (part.parts if isinstance(part, AllOf) else [part])]
    needed = list(dict.fromkeys(inner))
    if NOTHING in needed:
        return NOTHING
    return needed[0] if len(needed) == 1 else AllOf(tuple(needed))


def any_of(parts: list[Condition]) -> Condition:
    """That one holds, with as few words as that takes."""
    needed = list(dict.fromkeys(part for part in parts if part != NOTHING))
    if EVERYTHING in needed:
        return EVERYTHING
    return needed[0] if len(needed) == 1 else AnyOf(tuple(needed))
