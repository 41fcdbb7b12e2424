"""A bounded cache that drops what was used longest ago, and counts how it fares."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """At most `size` values, and at most `capacity` of whatever `put` is told that they weigh. For one
    thread, as an event loop is."""

    __slots__ = ("_capacity", "_size", "_values", "_weights", "hits", "misses", "used")

    def __init__(self, size: int, capacity: int = 0) -> None:
        self._size = size
        self._capacity = capacity
        self._values: OrderedDict[K, V] = OrderedDict()
        self._weights: dict[K, int] = {}
        self.used = 0
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """The value, now the youngest; None where there is none."""
        value = self._values.get(key)
        if value is None:
            self.misses += 1
            return None
        self.hits += 1
        self._values.move_to_end(key)
        return value

    def put(self, key: K, value: V, weight: int = 0) -> None:
        """Keep a value; the oldest go when there are too many, or when they weigh too much."""
        self.used += weight - self._weights.get(key, 0)
        self._values[key] = value
        self._values.move_to_end(key)
        self._weights[key] = weight
        while len(self._values) > self._size or self.used > self._capacity > 0:
            oldest, _ = self._values.popitem(last=False)
            self.used -= self._weights.pop(oldest)
