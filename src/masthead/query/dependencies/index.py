"""Which of many kept answers a change touches, without asking each of them."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar
from uuid import UUID

from masthead.query.dependencies.dependencies import Dependencies
from masthead.query.dependencies.indexed_matches import IndexedMatches
from masthead.query.dependencies.touched import is_touched_whole, paths_of
from masthead.store import ROUTE, Change, Touch

K = TypeVar("K", bound=Hashable)
T = TypeVar("T", bound=Hashable)


class DependencyIndex(Generic[K]):
    """Answers by what they depend on. For one thread, as an event loop is."""

    def __init__(self) -> None:
        self._kept: dict[K, Dependencies] = {}
        self._entries: dict[UUID, set[K]] = {}
        self._paths: dict[str, set[K]] = {}
        self._matches: dict[str, IndexedMatches[K]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, key: K) -> bool:
        return key in self._kept

    def add(self, key: K, dependencies: Dependencies) -> None:
        """Know of an answer; what was known of it before is forgotten."""
        self.discard(key)
        self._kept[key] = dependencies
        for id_ in dependencies.entries:
            self._entries.setdefault(id_, set()).add(key)
        for path in dependencies.paths:
            self._paths.setdefault(path, set()).add(key)
        for match in dependencies.matches:
            self._matches.setdefault(match.type, IndexedMatches()).add(match, key)

    def discard(self, key: K) -> None:
        """Forget an answer, if it is known."""
        known = self._kept.pop(key, None)
        if known is None:
            return
        _discard(self._entries, known.entries, key)
        _discard(self._paths, known.paths, key)
        for match in known.matches:
            self._matches[match.type].discard(match, key)
            if not self._matches[match.type]:
                del self._matches[match.type]

    def touched_by(self, change: Change) -> set[K]:
        """The answers that may have changed. They stay known until they are discarded."""
        if change.touches is None:
            return {
                key
                for key, each in self._kept.items()
                if any(is_touched_whole(each, name) for name in change.types)
            }
        found: set[K] = set()
        for touch in change.touches:
            self._touched(touch, found)
        return found

    def _touched(self, touch: Touch, found: set[K]) -> None:
        if touch.type == ROUTE:
            if touch.old is None and touch.new is None:
                found.update(*self._paths.values())
            for path in paths_of(touch):
                found |= self._paths.get(path, set())
            return
        found |= self._entries.get(touch.entry, set())
        if (matches := self._matches.get(touch.type)) is not None:
            found |= matches.met_by(touch)


def _discard(known: dict[T, set[K]], values: Iterable[T], key: K) -> None:
    for value in values:
        keys = known[value]
        keys.discard(key)
        if not keys:
            del known[value]
