"""Dependencies as one line of ASCII, to be carried in a header: compact, and bounded by knowing less.

JSON: [entries, types of entries, paths, matches]; an id is its 16 bytes in base64url, a match is [type,
condition, columns], with the span behind it where there is one: [column, least, most].
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from masthead.query.dependencies.dependencies import Dependencies, Match, depends_on_all_of
from masthead.query.dependencies.span import Span
from masthead.query.selection import AllOf, AnyOf, Compare, Condition, Given, Not


def spell(dependencies: Dependencies, most: int) -> str | None:
    """In at most so many characters. What does not fit is widened: first conditions to their types, then
    entries to theirs. None where even that is too long, or the types of entries are not known."""
    for widened in (_same, _without_conditions, _by_types):
        found = widened(dependencies)
        if found is not None and len(line := _line(found)) <= most:
            return line
    return None


def read_spelled(line: str) -> Dependencies:
    """What `spell` spelled, or more. Raises ValueError for anything else."""
    try:
        entries, types, paths, matches = json.loads(line)
        return Dependencies(
            frozenset(map(_read_id, entries)),
            tuple(_read_match(*match) for match in matches),
            frozenset(paths),
            frozenset(types),
        )
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError) as error:
        raise ValueError("no dependencies are spelled so") from error


def _same(dependencies: Dependencies) -> Dependencies:
    return dependencies


def _without_conditions(dependencies: Dependencies) -> Dependencies:
    types = {match.type for match in dependencies.matches}
    return Dependencies(
        dependencies.entries, depends_on_all_of(types).matches, dependencies.paths, dependencies.types
    )


def _by_types(dependencies: Dependencies) -> Dependencies | None:
    if dependencies.entries and not dependencies.types:
        return None
    types = {match.type for match in dependencies.matches} | dependencies.types
    return Dependencies(matches=depends_on_all_of(types).matches, paths=dependencies.paths)


def _line(dependencies: Dependencies) -> str:
    matches = [_match(each) for each in dependencies.matches]
    entries = sorted(map(_id, dependencies.entries))
    return json.dumps(
        [entries, sorted(dependencies.types), sorted(dependencies.paths), matches], separators=(",", ":")
    )


def _match(match: Match) -> list[Any]:
    columns = None if match.columns is None else sorted(match.columns)
    span = match.span and [match.span.column, _value(match.span.least), _value(match.span.most)]
    return [match.type, _condition(match.condition), columns, *([span] if span else [])]


def _read_match(type_name: str, condition: Any, columns: list[str] | None, span: Any = None) -> Match:
    decisive = None if columns is None else frozenset(columns)
    return Match(type_name, _read_condition(condition), decisive, span and _read_span(*span))


def _read_span(column: str, least: Any, most: Any) -> Span:
    return Span(column, _read_value(least), _read_value(most))


def _id(value: UUID) -> str:
    return urlsafe_b64encode(value.bytes)[:22].decode()


def _read_id(text: str) -> UUID:
    return UUID(bytes=urlsafe_b64decode(text + "=="))


def _condition(condition: Condition | None) -> Any:
    match condition:
        case None:
            return None
        case AllOf(parts=parts):
            return ["and", *map(_condition, parts)]
        case AnyOf(parts=parts):
            return ["or", *map(_condition, parts)]
        case Not(part=part):
            return ["not", _condition(part)]
        case Compare(field=column, operator=operator, value=Given(value=value)):
            return [operator, column, _value(value)]
        case _:
            raise AssertionError(f"{condition} is not about a row alone")


def _read_condition(spelled: Any) -> Condition | None:
    match spelled:
        case None:
            return None
        case ["and", *parts]:
            return AllOf(tuple(_part(each) for each in parts))
        case ["or", *parts]:
            return AnyOf(tuple(_part(each) for each in parts))
        case ["not", part]:
            return Not(_part(part))
        case [operator, column, value]:
            return Compare(column, operator, Given(_read_value(value)))
        case _:
            raise ValueError("no condition")


def _part(spelled: Any) -> Condition:
    if (found := _read_condition(spelled)) is None:
        raise ValueError("a part is a condition")
    return found


def _value(value: Any) -> Any:
    """As JSON has it; what it does not have as {kind: text}."""
    match value:
        case tuple():
            return [_value(each) for each in value]
        case UUID():
            return {"id": _id(value)}
        case datetime() | date():
            return {type(value).__name__: value.isoformat()}
        case Decimal():
            return {"decimal": str(value)}
        case _:
            return value


def _read_value(spelled: Any) -> Any:
    match spelled:
        case list():
            return tuple(_read_value(each) for each in spelled)
        case dict():
            ((kind, text),) = spelled.items()
            return _READERS[kind](text)
        case _:
            return spelled


_READERS: Mapping[str, Callable[[str], Any]] = {
    "id": _read_id,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
}
