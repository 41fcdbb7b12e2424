"""Whether an entry fulfils a filter, decided plainly: true or false, never unknown.

Works on the coerced value that graphql-core hands to a resolver, and on rows as SELECT * gives them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from json import loads
from typing import Any
from uuid import UUID

from masthead.model import ContentType, Field, kinds

SYSTEM: dict[str, tuple[str, kinds.Kind | None]] = {
    "id": ("id", None),
    "path": ("path", kinds.Text()),
    "createdAt": ("created_at", kinds.DateTime()),
    "updatedAt": ("updated_at", kinds.DateTime()),
    "publishedAt": ("published_at", kinds.DateTime()),
}

Row = Mapping[str, Any]
Related = Sequence[tuple[ContentType, Row]]
"""Entries that one refers to, or that refer to it."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Decides filters over one world. `related` gives the entries behind the field or the reverse field of
    a name, without those that are not there; `rank` the place of a text among all, as the database sorts
    them; `enum_name` what the API calls a stored value."""

    related: Callable[[ContentType, Row, str], Related]
    rank: Callable[[str], int]
    enum_name: Callable[[str], str]

    def holds(self, content_type: ContentType, row: Row, where: Mapping[str, Any]) -> bool:
        """Whether the entry fulfils all that the filter asks."""
        return all(self._part(content_type, row, name, value) for name, value in where.items())

    def _part(self, content_type: ContentType, row: Row, name: str, value: Any) -> bool:
        match name:
            case "and":
                return all(self.holds(content_type, row, each) for each in value)
            case "or":
                return any(self.holds(content_type, row, each) for each in value)
            case "not":
                return not self.holds(content_type, row, value)
        if name in SYSTEM:
            column, kind = SYSTEM[name]
            return self._compared(kind, row[column], value)
        field = next((each for each in content_type.fields if each.api_name == name), None)
        if field is None or isinstance(field.kind, kinds.Reference | kinds.References):
            return self._through(content_type, row, name, value, is_one=_is_one(field))
        suffix = "_text" if isinstance(field.kind, kinds.Markdown) else ""
        return self._compared(field.kind, row[field.column + suffix], value)

    def _through(self, content_type: ContentType, row: Row, name: str, value: Any, *, is_one: bool) -> bool:
        entries = self.related(content_type, row, name)
        if is_one:
            return not entries if value is None else any(self._each(entries, value))
        quantifiers: dict[str, Callable[[list[bool]], bool]] = {
            "some": any,
            "every": all,
            "none": lambda found: not any(found),
        }
        return all(quantifiers[each](self._each(entries, where)) for each, where in value.items())

    def _each(self, entries: Related, where: Mapping[str, Any]) -> list[bool]:
        return [self.holds(type_, row, where) for type_, row in entries]

    def _compared(self, kind: kinds.Kind | None, value: Any, operators: Mapping[str, Any]) -> bool:
        return all(self._compare(kind, value, name, operand) for name, operand in operators.items())

    def _compare(self, kind: kinds.Kind | None, value: Any, operator: str, operand: Any) -> bool:
        if operator == "isNull":
            return (value is None) == operand
        if operator in ("eq", "ne") and operand is None:
            return (value is None) == (operator == "eq")
        if value is None:
            return operator in ("ne", "notIn")
        if operator == "isEmpty":
            return (not value) == operand
        match kind:
            case kinds.Json():
                return _json(operator, loads(value), operand)
            case kinds.Scalars(item=item):
                values = [self._comparable(item, each) for each in value]
                return _list(operator, values, self._read(item, operand))
            case kinds.Text() | kinds.Url() | kinds.Slug() | kinds.Markdown():
                return self._text(operator, value, operand)
            case _:
                return _scalar(operator, self._comparable(kind, value), self._read(kind, operand))

    def _text(self, operator: str, value: str, operand: Any) -> bool:
        if operator in ("lt", "lte", "gt", "gte"):
            return _scalar(operator, self.rank(value), self.rank(operand))
        if operator.endswith("Insensitive"):
            # Letter by letter, as the C library does: a sigma at the end of a word is any sigma.
            value, operand = ("".join(letter.lower() for letter in text) for text in (value, operand))
            operator = operator.removesuffix("Insensitive")
        match operator:
            case "contains":
                return operand in value
            case "startsWith":
                return value.startswith(operand)
            case "endsWith":
                return value.endswith(operand)
            case _:
                return _scalar(operator, value, operand)

    def _comparable(self, kind: kinds.Kind | None, value: Any) -> Any:
        return self.enum_name(value) if isinstance(kind, kinds.Enumeration) else value

    def _read(self, kind: kinds.Kind | None, operand: Any) -> Any:
        if isinstance(operand, list):
            return [self._read(kind, each) for each in operand]
        match kind:
            case None:
                return UUID(operand)
            case kinds.Integer():
                return int(operand)
            case kinds.Decimal():
                return Decimal(str(operand))
            case kinds.Date():
                return date.fromisoformat(operand)
            case kinds.DateTime():
                return datetime.fromisoformat(operand)
            case _:
                return operand


def _is_one(field: Field | None) -> bool:
    return field is not None and isinstance(field.kind, kinds.Reference)


def _scalar(operator: str, value: Any, operand: Any) -> bool:
    match operator:
        case "eq":
            return bool(value == operand)
        case "ne":
            return bool(value != operand)
        case "in":
            return value in operand
        case "notIn":
            return value not in operand
        case "lt":
            return bool(value < operand)
        case "lte":
            return bool(value <= operand)
        case "gt":
            return bool(value > operand)
        case "gte":
            return bool(value >= operand)
        case _:
            raise AssertionError(operator)


def _list(operator: str, values: list[Any], operand: Any) -> bool:
    match operator:
        case "has":
            return operand in values
        case "hasEvery":
            return all(each in values for each in operand)
        case "hasSome":
            return any(each in values for each in operand)
        case _:
            raise AssertionError(operator)


def _json(operator: str, value: Any, operand: Any) -> bool:
    return _tagged(value) == _tagged(operand) if operator == "eq" else _contains_at_top(value, operand)


def _tagged(value: Any) -> Any:
    """In Python true equals 1; in JSON it does not."""
    match value:
        case dict():
            return {key: _tagged(each) for key, each in value.items()}
        case list():
            return [_tagged(each) for each in value]
        case _:
            return (isinstance(value, bool), value)


def _contains(value: Any, part: Any) -> bool:
    """PostgreSQL's containment (manual, section 8.14.3)."""
    match value, part:
        case dict(), dict():
            return all(key in value and _contains(value[key], each) for key, each in part.items())
        case list(), list():
            return all(any(_contains(one, each) for one in value) for each in part)
        case _:
            return bool(_tagged(value) == _tagged(part))


def _contains_at_top(value: Any, part: Any) -> bool:
    """Containment at the top, where an array contains a scalar as if it stood in an array itself."""
    if isinstance(value, list) and not isinstance(part, list | dict):
        return _contains(value, [part])
    return _contains(value, part)
