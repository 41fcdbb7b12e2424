"""Which block of one version is which of another."""

from typing import Any

from masthead.content.aligning import pair_blocks


def block(text: str, kind: str = "Quote") -> dict[str, Any]:
    """A block of one text."""
    return {"type": kind, "text": text}


def test_what_is_equal_is_known_wherever_it_went() -> None:
    """Also in lists that are too long to compare word by word."""
    old = [block("moved"), *(block(f"old {number}") for number in range(200))]
    new = [*(block(f"new {number}", "Figure") for number in range(200)), block("moved")]

    pairs = pair_blocks(old, new)

    assert (pairs.alike, pairs.in_place) == ({0: 200}, {})


def test_the_one_that_is_most_alike_is_it() -> None:
    """Not the first that is somewhat alike."""
    old = [block("one two three four")]
    new = [block("one two x y"), block("one two three five")]

    assert pair_blocks(old, new).alike == {0: 1}


def test_a_block_of_another_type_is_another_block() -> None:
    """Whatever it holds."""
    pairs = pair_blocks([block("same words")], [block("same words", "Figure")])

    assert pairs.all == {}


def test_as_many_of_the_same_types_between_two_that_are_known_are_the_same() -> None:
    """They have nothing in common but their place: so it is told apart from what is alike."""
    old = [block("start"), block("one"), block("two"), block("end")]
    new = [block("start"), block("eins"), block("zwei"), block("end")]

    pairs = pair_blocks(old, new)

    assert (pairs.alike, pairs.in_place) == ({0: 0, 3: 3}, {1: 1, 2: 2})
    assert pair_blocks(old, [*new[:2], new[3]]).in_place == {}
