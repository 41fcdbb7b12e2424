"""Which of many kept answers a change touches, without asking each of them."""

from collections.abc import Hashable
from typing import Generic, TypeVar

from masthead.query.dependencies.dependencies import Dependencies
from masthead.query.dependencies.touched import is_changed
from masthead.store import Change

K = TypeVar("K", bound=Hashable)


class DependencyIndex(Generic[K]):
    """Answers by what they depend on."""

    def __init__(self) -> None:
        self._kept: dict[K, Dependencies] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, key: K) -> bool:
        return key in self._kept

    def add(self, key: K, dependencies: Dependencies) -> None:
        """Know of an answer; what was known of it before is forgotten."""
        self.discard(key)
        self._kept[key] = dependencies

    def discard(self, key: K) -> None:
        """Forget an answer, if it is known."""
        self._kept.pop(key, None)

    def touched_by(self, change: Change) -> set[K]:
        """The answers that may have changed. They stay known until they are discarded."""
        return {key for key, each in self._kept.items() if is_changed(each, change)}
