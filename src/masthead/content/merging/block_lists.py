"""Lists of blocks, merged block by block, and each block field by field."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from masthead.content.aligning import is_same, pair_blocks, without_nulls
from masthead.content.aligning.likeness import fingerprint
from masthead.content.merging.clash import Clash
from masthead.content.merging.ordering import merge_order

Block = Mapping[str, Any]
MergeFields = Callable[[str, Block, Block, Block], tuple[dict[str, Any], tuple[Clash, ...]]]
"""(path of the block, base, theirs, yours), three blocks of one type."""


def merge_blocks(
    path: str, base: Sequence[Block], theirs: Sequence[Block], yours: Sequence[Block], within: MergeFields
) -> tuple[list[Any], tuple[Clash, ...]]:
    """The merged list. A block that one side took out and the other edited clashes, and so does one that
    both moved to different places."""
    one, two = pair_blocks(base, theirs), pair_blocks(base, yours)
    known = _known(theirs, one.without(two)), _known(yours, two.without(one))
    return _Merging(path, base, *known, within).merged()


@dataclass(frozen=True, slots=True)
class _Merging:
    """The blocks of both sides by key; the base's are known by their place in it."""

    path: str
    base: Sequence[Block]
    theirs: dict[Hashable, Block]
    yours: dict[Hashable, Block]
    within: MergeFields

    def merged(self) -> tuple[list[Any], tuple[Clash, ...]]:
        base: list[Hashable] = list(range(len(self.base)))
        order, is_clash = merge_order(base, list(self.theirs), list(self.yours), self._is_kept)
        blocks: list[Any] = []
        clashes: list[Clash] = []
        for index, key in enumerate(order):
            block, more = self._block(f"{self.path}.{index}", key)
            blocks.append(block)
            clashes += more
        clashes += self._taken_out(order)
        if is_clash:
            sides = list(self.theirs.values()), list(self.yours.values())
            clashes.append(Clash(self.path, list(self.base), *sides))
        return blocks, tuple(clashes)

    def _block(self, path: str, key: Hashable) -> tuple[Block, tuple[Clash, ...]]:
        one, two = self.theirs.get(key), self.yours.get(key)
        if one is None or two is None:
            block = one or two or {}
            before = self._before(key)
            return block, () if before is None else (Clash(path, before, one, two),)
        if is_same(one, two):
            return one, ()
        return self.within(path, self._before(key) or {}, one, two)

    def _is_kept(self, key: Hashable) -> bool:
        """Whether a block that one side has stays: a new one, or one that they have and you took out, where
        they edited it."""
        before = self._before(key)
        return before is None or (key in self.theirs and not _is_same_block(self.theirs[key], before))

    def _taken_out(self, order: Sequence[Hashable]) -> list[Clash]:
        """Clashes of blocks that they took out and you edited."""
        places = {key: index for index, key in enumerate(order)}
        found, place = [], 0
        for key, block in self.yours.items():
            place = places.get(key, place - 1) + 1
            before = self._before(key)
            if before is not None and key not in self.theirs and not _is_same_block(block, before):
                found.append(Clash(f"{self.path}.{place}", before, None, block))
        return found

    def _before(self, key: Hashable) -> Block | None:
        return self.base[key] if isinstance(key, int) else None


def _known(side: Sequence[Block], pairs: Mapping[int, int]) -> dict[Hashable, Block]:
    """A side's blocks by key, in its order. New ones are known by what they hold and which block of the
    base they follow: what both sides insert alike at one place is one block."""
    places = {other: index for index, other in pairs.items()}
    found: dict[Hashable, Block] = {}
    last = -1
    for index, block in enumerate(side):
        if index in places:
            last = places[index]
            found[last] = block
            continue
        copy = 0
        while (key := (last, fingerprint(without_nulls(block)), copy)) in found:
            copy += 1
        found[key] = block
    return found


def _is_same_block(one: Block, two: Block) -> bool:
    return is_same(without_nulls(one), without_nulls(two))
