"""What PostgreSQL sends of a computed field's parents becomes the Parents that its function gets."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from masthead.model import ComputedField, ContentType, Parent, kinds
from masthead.query.columns import column_of

Read = Callable[[Any], Any]
"""Makes a value that is not null of its JSON."""


def parent_reader(
    content_type: ContentType, field: ComputedField, enums: Mapping[str, type[Enum]]
) -> Callable[[Sequence[Any]], Parent]:
    """A function that makes a Parent of the JSON values of what the field needs, in their order."""
    owner = f"{content_type.name}.{field.name}"
    steps = [(*_place(need), _read(content_type, need, enums)) for need in field.needs]

    def read(values: Sequence[Any]) -> Parent:
        found: dict[str, Any] = {}
        for (name, part, read_value), value in zip(steps, values, strict=True):
            known = None if value is None else read_value(value)
            if not part:
                found[name] = known
            elif known is not None:  # the parts of a field are all there, or none is
                found.setdefault(name, {})[part] = known
            else:
                found[name] = None
        return Parent(
            owner,
            {
                name: Parent(owner, value) if isinstance(value, dict) and name in nested else value
                for name, value in found.items()
            },
        )

    nested = {name for name, part, _ in steps if part}
    return read


def _place(need: str) -> tuple[str, str]:
    name, _, part = need.partition(".")
    return name, part


def _read(content_type: ContentType, need: str, enums: Mapping[str, type[Enum]]) -> Read:
    name, part = _place(need)
    if part:
        return _same
    return _reader(column_of(content_type, name, "live").kind, enums.get(name))


def _reader(kind: kinds.Kind | None, enum: type[Enum] | None) -> Read:
    match kind:
        case kinds.Integer():
            return int
        case kinds.Float():
            return float
        case kinds.Decimal():
            return Decimal
        case kinds.Date():
            return date.fromisoformat
        case kinds.DateTime():
            return datetime.fromisoformat
        case kinds.Enumeration() if enum is not None:
            return enum
        case kinds.Scalars(item=item):
            read = _reader(item, enum)
            return lambda values: [read(value) for value in values]
        case _:
            return _same


def _same(value: Any) -> Any:
    return value
