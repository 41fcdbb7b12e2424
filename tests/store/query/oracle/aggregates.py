"""What entries come to, and their groups, by reading every row and computing in Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.store.query.oracle.arithmetic import as_float, average, exactly, padded, scale, total, trimmed

from masthead.model import ContentType, camel_case, kinds

Row = Mapping[str, Any]

SORTABLE = ("text", "integer", "float", "decimal", "date", "datetime", "slug")
NUMERIC = ("integer", "float", "decimal")
MOMENTS = ("created_at", "updated_at", "published_at")
NOT_GROUPABLE = ("json", "markdown", "references", "scalars", "blocks")


@dataclass(frozen=True, slots=True)
class Aggregates:
    """Over entries of one type. `rank` makes values comparable as the database compares them; `leaf` spells
    a value as the API does."""

    type: ContentType
    rank: Callable[[kinds.Kind | None, Any], Any]
    leaf: Callable[[kinds.Kind, Any], Any]

    def of(self, rows: Sequence[Row]) -> dict[str, Any]:
        """The object that `aggregate` gives."""
        found: dict[str, Any] = {"count": len(rows)}
        functions = (("min", self._min), ("max", self._max), ("sum", self._sum), ("avg", self._avg))
        for name, function in functions:
            takes = SORTABLE if name in ("min", "max") else NUMERIC
            found[name] = {
                camel_case(field): function(kind, [row[column] for row in rows if row[column] is not None])
                for field, column, kind in self._fields()
                if kind.kind in takes
            }
        return found

    def groups(
        self, rows: Sequence[Row], by: Sequence[Mapping[str, str]], first: int | None, order: str | None
    ) -> list[dict[str, Any]]:
        """The objects that `groups` gives; 100 of them by key where nobody says otherwise."""
        parts = [(name, how) for each in by for name, how in each.items()]
        fields = {camel_case(name): (column, kind) for name, column, kind in self._fields()}
        groups: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            key = tuple(_cut(row[fields[name][0]], how.lower()) for name, how in parts)
            groups.setdefault(key, []).append(row)
        kinds_of = [fields[name][1] for name, _ in parts]
        found = sorted(groups.items(), key=lambda group: self._ascending(kinds_of, group[0]))
        how, _, direction = (order or "KEY_ASC").partition("_")
        if how == "COUNT":
            found.sort(key=lambda group: len(group[1]) * (-1 if direction == "DESC" else 1))
        elif direction == "DESC":
            for index in reversed(range(len(parts))):
                found.sort(key=lambda group: self._descending(kinds_of[index], group[0][index]), reverse=True)
        return [
            self._group(parts, fields, key, each) for key, each in found[: 100 if first is None else first]
        ]

    def _group(
        self, parts: Any, fields: Mapping[str, Any], key: tuple[Any, ...], rows: Sequence[Row]
    ) -> dict[str, Any]:
        shown: dict[str, Any] = dict.fromkeys(fields)
        for (name, _), value in zip(parts, key, strict=True):
            column, kind = fields[name]
            shown[name] = self._shown(kind, value, [row[column] for row in rows])
        return {"key": shown, **self.of(rows)}

    def _shown(self, kind: kinds.Kind, value: Any, all_values: list[Any]) -> Any:
        match value:
            case Decimal():
                return self.leaf(kind, padded(value, max(map(scale, all_values))))
            case float():
                return value + 0.0
            case UUID():
                return str(value)
            case _:
                return self.leaf(kind, value)

    def _ascending(self, kinds_of: Sequence[kinds.Kind], key: tuple[Any, ...]) -> list[Any]:
        """Nulls last."""
        return [(value is None, self._part(kind, value)) for kind, value in zip(kinds_of, key, strict=True)]

    def _descending(self, kind: kinds.Kind, value: Any) -> Any:
        """Nulls last here too, when it is reversed."""
        return (value is not None, self._part(kind, value))

    def _part(self, kind: kinds.Kind, value: Any) -> Any:
        match kind:
            case _ if value is None:
                return 0
            case kinds.Enumeration():
                return kind.values.index(value)
            case kinds.Url():  # an address is sorted as any text is
                return self.rank(kinds.Text(), value)
            case _:
                return self.rank(kind, value)

    def _fields(self) -> list[tuple[str, str, kinds.Kind]]:
        moments: list[tuple[str, str, kinds.Kind]] = [(name, name, kinds.DateTime()) for name in MOMENTS]
        own = [
            (each.name, each.column, each.kind)
            for each in self.type.fields
            if each.kind.kind not in NOT_GROUPABLE
        ]
        return [*moments, *own]

    def _min(self, kind: kinds.Kind, values: list[Any]) -> Any:
        return self._extreme(
            kind, values, min(values, key=lambda value: self.rank(kind, value), default=None)
        )

    def _max(self, kind: kinds.Kind, values: list[Any]) -> Any:
        return self._extreme(
            kind, values, max(values, key=lambda value: self.rank(kind, value), default=None)
        )

    def _extreme(self, kind: kinds.Kind, values: list[Any], found: Any) -> Any:
        return None if found is None else self._shown(kind, found, values)

    def _sum(self, kind: kinds.Kind, values: list[Any]) -> Any:
        if not values:
            return None
        match kind:
            case kinds.Integer():
                return str(sum(values))
            case kinds.Float():
                return as_float(total([exactly(value) for value in values]))
            case _:
                return format(total(values), "f")

    def _avg(self, kind: kinds.Kind, values: list[Any]) -> Any:
        if not values:
            return None
        match kind:
            case kinds.Integer():
                return as_float(average([Decimal(value) for value in values]))
            case kinds.Float():
                return as_float(average([exactly(value) for value in values]))
            case _:
                return format(trimmed(average(values)), "f")


def _cut(value: Any, how: str) -> Any:
    """The beginning of the part of time that a value lies in."""
    if value is None or how == "value":
        return value
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
        hour = value.replace(minute=0, second=0, microsecond=0)
        if how == "hour":
            return hour
        day: Any = hour.replace(hour=0)
    else:
        day = value
    return _cut_days(day, how)


def _cut_days(day: date, how: str) -> date:
    match how:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1)
        case "year":
            return day.replace(day=1, month=1)
        case _:
            raise AssertionError(how)
