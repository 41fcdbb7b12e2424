"""Values of fields as answers have them, from what the driver reads."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.store.query.oracle.spelling import Raw

from masthead.model import kinds

ENUM_NAMES = {"draft": "DRAFT", "in-review": "IN_REVIEW", "2nd": "_2ND", "GOOD": "GOOD", "BAD": "BAD"}

SYSTEM = {"id": "id", "path": "path", "createdAt": "created_at", "updatedAt": "updated_at"}
SYSTEM |= {"publishedAt": "published_at", "url": "path"}


def leaf(kind: kinds.Kind, value: Any) -> Any:
    """The value of a field of this kind."""
    match kind:
        case _ if value is None:
            return None
        case kinds.Enumeration():
            return ENUM_NAMES[value]
        case kinds.Json():
            return Raw(value)
        case kinds.Integer(minimum=int(), maximum=int()):
            return value
        case kinds.Integer():
            return str(value)
        case _:
            return plain(value)


def plain(value: Any) -> Any:
    """The value of a field whose kind says nothing more than its Python type."""
    match value:
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case UUID():
            return str(value)
        case _:
            return value


def _moment(value: datetime) -> str:
    """RFC 3339 in UTC, without the zeros at the end of a fraction."""
    text = value.astimezone(UTC).replace(tzinfo=None).isoformat()
    return (text.rstrip("0") if "." in text else text) + "+00:00"
