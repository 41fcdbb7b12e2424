"""What must hold of every merge, as functions of the merge: so that wrong ones can be shown to be found out.

Each raises AssertionError where the law is broken for these three stories.
"""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.unit.content.merging.story import Fields, Merge, marks

from masthead.content.aligning import is_same, without_nulls
from masthead.content.merging import Clash, Merged

Law = Callable[[Merge, Fields, Fields, Fields], None]


def one_side_alone_holds(merge: Merge, base: Fields, theirs: Fields, yours: Fields) -> None:
    """Where only one side changed something, the merge is that side."""
    assert _is(merge(base, base, yours), yours)
    assert _is(merge(base, theirs, base), theirs)


def the_same_change_twice_is_no_clash(merge: Merge, base: Fields, theirs: Fields, yours: Fields) -> None:
    """Where both sides made the same of it, that is what they made."""
    assert _is(merge(base, theirs, theirs), theirs)
    assert _is(merge(base, yours, yours), yours)


def sides_can_be_swapped(merge: Merge, base: Fields, theirs: Fields, yours: Fields) -> None:
    """The sides are treated alike: the same clashes, the other way round; and where there are none, the same
    fields, but for the order of what both added to a list at one place."""
    one, two = merge(base, theirs, yours), merge(base, yours, theirs)
    assert _shapes(one.clashes, swap=False) == _shapes(two.clashes, swap=True)
    if not one.clashes:
        assert _unordered(one.fields) == _unordered(two.fields)


def nothing_that_was_added_is_lost(merge: Merge, base: Fields, theirs: Fields, yours: Fields) -> None:
    """Every mark of a side is in the result or in a clash."""
    found = merge(base, theirs, yours)
    there = marks(found.fields) | marks([[each.base, each.theirs, each.yours] for each in found.clashes])
    assert marks(theirs) | marks(yours) <= there


def nothing_is_made_up(merge: Merge, base: Fields, theirs: Fields, yours: Fields) -> None:
    """Each line, tag and block of the result is from one of the three, none more often than they have it."""
    found = merge(base, theirs, yours)
    if found.clashes:
        return
    for name in ("body", "tags", "words"):
        there, *three = (_items(each.get(name)) for each in (found.fields, base, theirs, yours))
        assert all(count <= sum(each[item] for each in three) for item, count in there.items())


def what_is_taken_out_stays_out(merge: Merge, base: Fields, theirs: Fields, yours: Fields) -> None:
    """A line or tag that one side took out, and the other left as it is, is not in the result."""
    found = merge(base, theirs, yours)
    if any(each.path in ("body", "tags") for each in found.clashes):
        return
    for name in ("body", "tags"):
        there, before, one, two = (
            set(_items(each.get(name))) for each in (found.fields, base, theirs, yours)
        )
        assert not (there & before) - (one & two)


def another_field_never_clashes(merge: Merge, base: Fields, theirs: Fields, yours: Fields) -> None:
    """A field that one side left as it is comes from the other, and no clash names it."""
    found = merge(base, theirs, yours)
    named = {each.path.partition(".")[0] for each in found.clashes}
    for name in {*base, *theirs, *yours}:
        for side, other in ((theirs, yours), (yours, theirs)):
            if is_same(base.get(name), other.get(name)):
                assert name not in named
                assert is_same(found.fields.get(name), side.get(name))


LAWS: tuple[Law, ...] = (
    one_side_alone_holds,
    the_same_change_twice_is_no_clash,
    sides_can_be_swapped,
    nothing_that_was_added_is_lost,
    nothing_is_made_up,
    what_is_taken_out_stays_out,
    another_field_never_clashes,
)


def _is(found: Merged, side: Fields) -> bool:
    return not found.clashes and is_same(found.fields, without_nulls(side))


def _shapes(clashes: tuple[Clash, ...], *, swap: bool) -> Counter[str]:
    """What clashes, without the numbers of blocks: what both insert may stand in another order."""
    return Counter(
        json.dumps(
            [
                [part for part in each.path.split(".") if not part.isdigit()],
                each.base,
                *((each.yours, each.theirs) if swap else (each.theirs, each.yours)),
            ],
            sort_keys=True,
        )
        for each in clashes
    )


def _unordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unordered(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted((_unordered(each) for each in value), key=repr)
    return value


def _items(value: Any) -> Counter[str]:
    return Counter(value.split("\n") if isinstance(value, str) else value or ())
