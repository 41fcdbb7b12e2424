"""A class attribute becomes a field's default: a JSON value of the field's kind."""

import enum
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from masthead.model import kinds
from masthead.model.declaration import SlugSource


def default_value(kind: kinds.Kind, attribute: object) -> Any:
    """The JSON value of `attribute` for a field of `kind`; None where there is no default.

    Lists default to empty. Raises ValueError, whose text continues "has a default that …".
    """
    match kind:
        case kinds.Slug() if isinstance(attribute, SlugSource):
            return None
        case kinds.Scalars():
            return [_scalar(kind.item, item) for item in _list(attribute)]
        case kinds.References():
            if _list(attribute):
                raise ValueError("names entries; a list of references can only default to []")
            return []
        case kinds.Blocks():
            if _list(attribute):
                raise ValueError("holds blocks; a list of blocks can only default to []")
            return []
        case kinds.Json() | None:
            return attribute
        case kinds.Reference() | kinds.Markdown() | kinds.Slug():
            if attribute is not None:
                raise ValueError("its kind cannot have; only None is possible")
            return None
        case _:
            return None if attribute is None else _scalar(kind, attribute)


def _list(attribute: object) -> list[Any]:
    if attribute is None:
        return []
    if not isinstance(attribute, list):
        raise ValueError("is not a list")
    return attribute


def _scalar(kind: kinds.Scalar, value: Any) -> Any:
    expected, described = _PYTHON_TYPES[type(kind)]
    is_bool_for_number = isinstance(value, bool) and bool not in expected
    is_moment_for_day = isinstance(value, datetime) and datetime not in expected
    if not isinstance(value, expected) or is_bool_for_number or is_moment_for_day:
        raise ValueError(f"is not {described}")
    if isinstance(kind, kinds.Enumeration) and isinstance(value, enum.Enum):
        if value.value not in kind.values:
            raise ValueError(f"is not a member of {kind.name}")
        return value.value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("has no time zone")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


_PYTHON_TYPES: dict[type, tuple[tuple[type, ...], str]] = {
    kinds.Text: ((str,), "text"),
    kinds.Url: ((str,), "text"),
    kinds.Integer: ((int,), "an integer"),
    kinds.Float: ((int, float), "a number"),
    kinds.Decimal: ((Decimal,), "a Decimal"),
    kinds.Boolean: ((bool,), "True or False"),
    kinds.Date: ((date,), "a date"),
    kinds.DateTime: ((datetime,), "a datetime"),
    kinds.Enumeration: ((enum.Enum,), "a member of its enum"),
}
