"""Orders merge pair by pair: where only one side turned two items round, they are turned round."""

from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from masthead.content.merging.ordering import merge_order

BASE = "abcde"
_ORDER = st.permutations(BASE)


def wanted(first: str, second: str, sides: tuple[list[str], list[str]]) -> bool:
    """Whether the first, which precedes in the base, precedes in the merged order."""
    return all(side.index(first) < side.index(second) for side in sides)


def is_new(key: str) -> bool:
    """Whether a side added it."""
    return key not in BASE


@given(_ORDER, _ORDER)
def test_the_oracle_tries_every_order(theirs: list[str], yours: list[str]) -> None:
    """There is at most one order in which every pair stands as it should; without one, the sides clash and
    theirs stays."""
    right = [
        list(order)
        for order in permutations(BASE)
        if all(
            (order.index(one) < order.index(two)) == wanted(one, two, (theirs, yours))
            for one, two in combinations(BASE, 2)
        )
    ]

    found, is_clash = merge_order(BASE, theirs, yours, is_new)

    assert [found] == (right or [theirs])
    assert is_clash == (not right)


_SIDE = st.lists(st.sampled_from("abcdeXYZ"), unique=True)


@given(_SIDE, _SIDE)
def test_what_is_there_is_what_both_left_and_either_added(theirs: list[str], yours: list[str]) -> None:
    """Each item once: of the base's those that both have, of the others those that one has."""
    found, _ = merge_order(BASE, theirs, yours, is_new)

    both, either = set(theirs) & set(yours), set(theirs) | set(yours)
    assert sorted(found) == sorted((both & set(BASE)) | (either - set(BASE)))


@given(_SIDE)
def test_one_side_alone_holds(side: list[str]) -> None:
    """Where the other changed nothing, the order is that of the one that did."""
    assert merge_order(BASE, side, list(BASE), is_new) == (side, False)
    assert merge_order(BASE, list(BASE), side, is_new) == (side, False)


def test_an_insertion_stays_beside_what_was_not_moved() -> None:
    """The block before which it was put has gone elsewhere; its neighbour on the other side has not."""
    assert merge_order("abc", [*"bca"], [*"aXbc"], is_new) == ([*"Xbca"], False)
    assert merge_order("abcd", [*"acdb"], [*"abXcd"], is_new) == ([*"aXcdb"], False)


def test_what_both_insert_at_one_place_stands_around_what_they_share() -> None:
    """Theirs first, and nothing twice."""
    assert merge_order("ab", [*"aXSb"], [*"aYSZb"], is_new) == ([*"aXYSZb"], False)
