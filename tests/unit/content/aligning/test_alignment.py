"""What corresponds to what in two sequences."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from masthead.content.aligning import Hunk, hunks, is_same, matches

_ITEMS = st.lists(st.sampled_from("abcd"), max_size=12)


@given(_ITEMS, _ITEMS)
def test_matches_are_common_parts_in_the_order_of_both(one: list[str], two: list[str]) -> None:
    """Equal, rising on both sides, and never touching."""
    at = other = -1
    for each in matches(one, two):
        assert one[each.old : each.old + each.size] == two[each.new : each.new + each.size]
        assert each.size > 0
        assert each.old >= max(at, 0)
        assert each.new >= max(other, 0)
        assert (each.old, each.new) != (at, other)
        at, other = each.old + each.size, each.new + each.size


@given(_ITEMS, _ITEMS)
def test_hunks_lead_from_one_to_the_other(one: list[str], two: list[str]) -> None:
    """Replacing each makes the first the second."""
    found = list(one)
    for each in reversed(hunks(one, two)):
        found[each.old : each.old_end] = two[each.new : each.new_end]
    assert found == two


@given(st.lists(st.sampled_from("ab"), max_size=10), st.lists(st.sampled_from("ab"), max_size=10))
def test_without_anything_unique_it_is_the_shortest_edit(one: list[str], two: list[str]) -> None:
    """As long a common subsequence as there is: the oracle tries all."""
    one, two = [each for each in one for _ in "12"], [each for each in two for _ in "12"]

    assert sum(each.size for each in matches(one, two)) >= _longest(one, two) - 2


def _longest(one: list[str], two: list[str]) -> int:
    @cache
    def found(at: int, other: int) -> int:
        if at == len(one) or other == len(two):
            return 0
        if one[at] == two[other]:
            return 1 + found(at + 1, other + 1)
        return max(found(at + 1, other), found(at, other + 1))

    return found(0, 0)


def test_a_moved_paragraph_is_not_matched_by_its_blank_lines() -> None:
    """What is unique comes first."""
    one = ["alpha", "", "beta", "", "gamma"]
    two = ["gamma", "", "alpha", "", "beta"]

    assert hunks(one, two) == (Hunk(0, 0, 0, 2), Hunk(3, 5, 5, 5))


def test_among_equal_items_a_change_stands_last() -> None:
    """Wherever it was made: two sides that did the same are seen to have done the same."""
    assert hunks("aeeeb", "aeeb") == (Hunk(3, 4, 3, 3),)
    assert hunks("aeeb", "aeeeb") == (Hunk(3, 3, 3, 4),)
    assert hunks("axbx", "abx") == (Hunk(1, 2, 1, 1),)


def test_the_work_is_bounded() -> None:
    """Beyond the limit the rest is told as replaced."""
    one, two = ["a", "b"] * 50_000, ["b", "b", "a"] * 40_000

    found = hunks(one, two)

    assert found[-1].old_end <= 100_000


def test_json_values_are_told_apart() -> None:
    """True is not 1, though Python says so; 1 is 1.0; depth does not matter."""
    deep: list[object] = []
    other: list[object] = []
    for _ in range(20_000):
        deep, other = [deep], [other]

    assert not is_same(True, 1)
    assert not is_same({"a": [0]}, {"a": [False]})
    assert not is_same([1], {"0": 1})
    assert is_same({"a": 1, "b": [1.0]}, {"b": [1], "a": 1})
    assert is_same(deep, other)
