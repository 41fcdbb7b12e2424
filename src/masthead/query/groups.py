"""The entries of a connection in groups of equal keys: by values, or by parts of dates and moments."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from masthead.kernel import InputError, Place
from masthead.model import ContentType, camel_case, kinds
from masthead.query.aggregate import RowsWith, Scan
from masthead.query.columns import OneColumn, spell
from masthead.query.selection import GroupBy, GroupKey, GroupKeys, Groups, TypeName
from masthead.query.sql import json_array, json_object, literal, quote

GROUPABLE = (
    kinds.Text
    | kinds.Integer
    | kinds.Float
    | kinds.Decimal
    | kinds.Boolean
    | kinds.Date
    | kinds.DateTime
    | kinds.Enumeration
    | kinds.Url
    | kinds.Slug
    | kinds.Reference
)
"""The kinds whose values make groups; a reference makes them by the id of the entry it leads to."""


def write_groups(scan: Scan, groups: Groups, rows_with: RowsWith, path: tuple[str, ...]) -> str:
    """The expression of the array. `scan` is the groups' own: it reads the rows by keys.

    Raises InputError for keys that make no groups.
    """
    _check(scan.content_type, groups.by, path)
    keys = _keys(scan, groups.by)
    count = scan.count() if groups.order == "count" else ""
    columns = [(each.key, _member(scan, keys, each.value)) for each in groups.members]
    rows = rows_with([*scan.columns(), *(key.column for key in keys.values())])
    values = [(key, rows.expression(key.column)) for key in keys.values()]
    selected = [f"{key.shown(value)} AS {quote(key.name)}" for key, value in values] + scan.select(rows)
    by = ", ".join(key.equal(value) for key, value in values)
    first = _order_by(groups, count and "count(*)", [key.rank(key.shown(value)) for key, value in values])
    source = f"SELECT {', '.join(selected)} {rows.matching()} GROUP BY {by} {first} LIMIT {groups.size}"
    order = _order_by(groups, count, [key.rank(key.result) for key, _ in values])
    return json_array(columns, f"FROM ({source}) {scan.alias} {order}")


@dataclass(frozen=True, slots=True)
class _Key:
    """One part of a key, from a physical column; in the scan it is called `name`, outside `result`. `kind`
    is None for the id that a reference holds."""

    by: GroupBy
    column: str
    kind: OneColumn | None
    name: str
    result: str

    def equal(self, value: str) -> str:
        """What is equal for all rows of a group, from the column's expression."""
        match self.kind:
            case kinds.DateTime() if self.by.part:
                return f"date_trunc({literal(self.by.part)}, {value}, 'UTC')"
            case kinds.Date() if self.by.part:
                return f"date_trunc({literal(self.by.part)}, {value}::timestamp)::date"
            case _:
                return value

    def shown(self, value: str) -> str:
        """What stands for the group: the same whichever of its rows is read first."""
        match self.kind:
            case kinds.Float():
                return f"{value} + 0::float8"  # -0 and 0 are one group
            case kinds.Decimal():
                return f"round({value}, max(scale({value})))"  # and so are 1.5 and 1.50
            case _:
                return self.equal(value)

    def rank(self, shown: str) -> str:
        """What groups are sorted by. Enumerations go in the order of their declaration."""
        if isinstance(self.kind, kinds.Enumeration):
            values = ", ".join(literal(value) for value in self.kind.values)
            return f"array_position(ARRAY[{values}], {shown})"
        return shown


def _check(content_type: ContentType, by: Sequence[GroupBy], path: tuple[str, ...]) -> None:
    place = Place(path=".".join(path))
    if not by:
        raise InputError("group-by", "`by` names no field.", "Name one, or ask for the aggregate.", place)
    for name, count in Counter(camel_case(each.field) for each in by).items():
        if count > 1:
            raise InputError(
                "group-by", f"`by` names {name} {count} times.", "Name it once: its key has one value.", place
            )
    for each in by:
        is_date = each.field in content_type and isinstance(content_type[each.field].kind, kinds.Date)
        if is_date and each.part == "hour":
            raise InputError(
                "group-by",
                f"{content_type.name}.{camel_case(each.field)} is a date without a time: it has no HOUR.",
                "Group it by DAY or longer.",
                place,
            )


def _keys(scan: Scan, by: Sequence[GroupBy]) -> dict[str, _Key]:
    """By the field's name."""
    keys, content_type = {}, scan.content_type
    for index, each in enumerate(by):
        name = f"k{index}"
        if each.field in content_type and isinstance(content_type[each.field].kind, kinds.Reference):
            column, kind = content_type[each.field].column, None
        else:
            physical = scan.sketch.column(content_type, each.field)
            column, kind = physical.name, physical.kind
        keys[each.field] = _Key(each, column, kind, name, f"{scan.alias}.{quote(name)}")
    return keys


def _order_by(groups: Groups, count: str, ranks: Sequence[str]) -> str:
    """By keys, or by count and then by keys. A group without a value comes last, whatever the direction."""
    return f"ORDER BY {', '.join(_order(groups, count, ranks))}"


def _order(groups: Groups, count: str, ranks: Sequence[str]) -> Iterator[str]:
    direction = " DESC" if groups.is_descending else ""
    if count:
        yield count + direction
    for rank in ranks:
        yield f"{rank}{'' if count else direction} NULLS LAST"


def _member(scan: Scan, keys: dict[str, _Key], value: object) -> str:
    if isinstance(value, GroupKeys):
        return json_object([(each.key, _part(keys, each.value)) for each in value.members])
    return scan.member(value)


def _part(keys: dict[str, _Key], value: object) -> str:
    match value:
        case GroupKey(field=field) if field not in keys:
            return "NULL::text"
        case GroupKey(field=field, names=names):
            return spell(keys[field].result, keys[field].kind, names)
        case TypeName(name=name):
            return f"{literal(name)}::text"
        case _:
            raise AssertionError(f"{value} is not a part of a key")
