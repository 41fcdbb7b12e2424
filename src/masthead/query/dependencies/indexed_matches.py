"""The matches of one type, found by what a touch changed and by the values that they compare with.

A thousand lists of a tag's posts are one look-up by the tag, and none where the touch left alone what those
lists are made of. Each different match is asked once, however many answers depend on it.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from masthead.query.dependencies.dependencies import Match
from masthead.query.dependencies.holding import OF_LISTS, as_value
from masthead.query.dependencies.touched import is_about, is_spanned, others
from masthead.query.selection import AllOf, Compare, Condition, Given
from masthead.store import Touch

K = TypeVar("K", bound=Hashable)

_Place = tuple[str, type, bool]
"""A column, the kind of the values that it is compared with, and whether they are looked for in a list."""


@dataclass(slots=True, eq=False)
class _Kept(Generic[K]):
    """A match, and whose it is. Equal only to itself: a match with a thousand ids takes long to hash."""

    match: Match
    keys: set[K] = field(default_factory=set)


class IndexedMatches(Generic[K]):
    """Matches, and for each whose they are."""

    def __init__(self) -> None:
        self._kept: dict[Match, _Kept[K]] = {}
        self._groups: dict[frozenset[str] | None, _Group[K]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, match: Match, key: K) -> None:
        """One more that depends on the match."""
        kept = self._kept.get(match)
        if kept is None:
            kept = self._kept[match] = _Kept(match)
            self._groups.setdefault(match.columns, _Group()).add(kept)
        kept.keys.add(key)

    def discard(self, match: Match, key: K) -> None:
        """One less; what nobody depends on is forgotten."""
        kept = self._kept[match]
        kept.keys.discard(key)
        if not kept.keys:
            del self._kept[match]
            group = self._groups[match.columns]
            group.discard(kept)
            if not group.all:
                del self._groups[match.columns]

    def met_by(self, touch: Touch) -> set[K]:
        """Whose matches the touch counts for."""
        found: set[K] = set()
        rows = [row for row in (touch.old, touch.new) if row is not None]
        changed = None if touch.old is None or touch.new is None else others(touch.old, touch.new)
        for columns, group in self._groups.items():
            if columns is not None and changed is not None and columns.isdisjoint(changed):
                continue
            for kept in group.candidates(rows):
                if is_spanned(kept.match.span, touch) and is_about(kept.match.condition, touch):
                    found |= kept.keys
        return found


class _Group(Generic[K]):
    """Matches of which the same columns are decisive."""

    def __init__(self) -> None:
        self.all: set[_Kept[K]] = set()
        self._others: set[_Kept[K]] = set()
        self._compared: dict[_Place, dict[Any, set[_Kept[K]]]] = {}

    def add(self, kept: _Kept[K]) -> None:
        self.all.add(kept)
        if (compared := _compared(kept.match.condition)) is None:
            self._others.add(kept)
            return
        place, values = compared
        for value in values:
            self._compared.setdefault(place, {}).setdefault(value, set()).add(kept)

    def discard(self, kept: _Kept[K]) -> None:
        self.all.discard(kept)
        if (compared := _compared(kept.match.condition)) is None:
            self._others.discard(kept)
            return
        place, values = compared
        by_value = self._compared[place]
        for value in values:
            by_value[value].discard(kept)
            if not by_value[value]:
                del by_value[value]
        if not by_value:
            del self._compared[place]

    def candidates(self, rows: list[Mapping[str, Any]]) -> set[_Kept[K]]:
        """Those that one of the rows may fulfil; all where nothing is known of either."""
        if not rows:
            return self.all
        found = set(self._others)
        is_whole = len(rows) == 1
        for (column, kind, is_listed), by_value in self._compared.items():
            try:
                if is_whole and is_listed and column not in rows[0]:
                    continue  # a row that is new or gone has an empty list
                for value in {value for row in rows for value in _values(row, column, kind)}:
                    found |= by_value.get(value, set())
            except (KeyError, ValueError, TypeError, AttributeError):  # not told, or told otherwise
                found.update(*by_value.values())
        return found


def _values(row: Mapping[str, Any], column: str, kind: type) -> Iterator[Any]:
    """Of a field, or of each item of a list. Raises KeyError where it is not told."""
    stored = row[column]
    example = _EXAMPLES[kind]
    for each in stored if isinstance(stored, list | tuple) else [stored]:
        if each is not None:
            yield as_value(each, example)


_EXAMPLES: Mapping[type, Any] = {UUID: UUID(int=0), str: "", int: 0}
"""The kinds of which equal values look alike."""


def _compared(condition: Condition | None) -> tuple[_Place, tuple[Any, ...]] | None:
    """A comparison that must hold, if there is one that a look-up can answer."""
    for part in condition.parts if isinstance(condition, AllOf) else (condition,):
        match part:
            case Compare(field=column, operator="eq" | "has" as operator, value=Given(value=value)):
                values: tuple[Any, ...] = (value,)
            case Compare(
                field=column, operator="in" | "has_some" as operator, value=Given(value=tuple(values))
            ):
                pass
            case _:
                continue
        kinds = {type(value) for value in values}
        if len(kinds) == 1 and (kind := kinds.pop()) in _EXAMPLES:
            return (column, kind, operator in OF_LISTS), tuple(dict.fromkeys(values))
    return None
