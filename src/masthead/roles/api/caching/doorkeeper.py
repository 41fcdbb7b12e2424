"""Who was here lately, by hash: what nobody asks for twice is not worth keeping."""

from collections.abc import Hashable


class Doorkeeper:
    """Two generations of hashes: when the younger one is full the older is forgotten. So it knows the last
    `size` keys for certain and at most twice as many, in a megabyte or two. It may take one key for another
    of the same hash, which is keyed anew in each process: that costs a place in memory, nothing else."""

    def __init__(self, size: int = 10_000) -> None:
        self._size = size
        self._young: set[int] = set()
        self._old: set[int] = set()

    def __contains__(self, key: Hashable) -> bool:
        number = hash(key)
        return number in self._young or number in self._old

    def note(self, key: Hashable) -> bool:
        """Remember the key; whether it was known."""
        number = hash(key)
        if number in self._young:
            return True
        is_known = number in self._old
        if len(self._young) >= self._size:
            self._young, self._old = set(), self._young
        self._young.add(number)
        return is_known
