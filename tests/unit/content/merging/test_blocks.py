"""Blocks merge one by one: whatever was moved, inserted, taken out or edited on either side."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.content.merging.story import Fields, merged, quote

from masthead.content.merging import Clash

A, B, C, D = (quote(name) for name in ("alpha", "beta", "gamma", "delta"))
N, M = quote("new"), quote("more")
A1, A2, A3 = ({**A, "text": f"{A['text']} {word}"} for word in ("1", "2", "3"))
BY_ADA, BY_BOB, BY_EVE = {**A, "by": "Ada"}, {**A, "by": "Bob"}, {**B, "by": "Eve"}

CLEAN: dict[str, tuple[list[Fields], ...]] = {
    "different blocks are edited": ([A, B], [A1, B], [A, BY_EVE], [A1, BY_EVE]),
    "different fields of one block": ([A, B], [BY_ADA, B], [A1, B], [{**A1, "by": "Ada"}, B]),
    "one moves a block, one edits it": ([A, B, C], [B, C, A], [A1, B, C], [B, C, A1]),
    "one moves a block and edits it": ([A, B, C], [B, C, A1], [BY_ADA, B, C], [B, C, {**A1, "by": "Ada"}]),
    "two blocks are moved": ([A, B, C, D], [B, C, D, A], [D, A, B, C], [D, B, C, A]),
    "both insert at one place": ([A, B], [A, N, B], [A, M, B], [A, N, M, B]),
    "both insert the same": ([A, B], [A, N, B], [A, N, B], [A, N, B]),
    "the same block at two places": ([A, B], [N, A, B], [A, B, N], [N, A, B, N]),
    "one takes out, one inserts beside": ([A, B, C], [A, C], [A, N, B, C], [A, N, C]),
    "both take out": ([A, B, C], [B, C], [A, B], [B]),
    "one takes out what the other moved": ([A, B, C], [B, C], [B, C, A], [B, C]),
    "a list that was not there": ([], [A], [B], [A, B]),
}  # fmt: skip


@pytest.mark.parametrize("case", CLEAN.values(), ids=CLEAN)
def test_merges(case: tuple[list[Fields], ...]) -> None:
    """Every change of both sides holds."""
    base, theirs, yours, expected = ({"sections": each} for each in case)

    found = merged(base, theirs, yours)

    assert (found.fields["sections"], found.clashes) == (expected["sections"], ())


def test_different_lines_of_one_text_of_a_block() -> None:
    """They merge as those of a field of the entry do."""
    texts = ("a\nb\nc", "A\nb\nc", "a\nb\nC")
    base, theirs, yours = ({"sections": [{"type": "Quote", "text": text}]} for text in texts)

    assert merged(base, theirs, yours).fields["sections"][0]["text"] == "A\nb\nC"


def test_a_block_that_both_took_out_and_one_replaced() -> None:
    """What stands where it stood is no edit of it: nothing clashes."""
    found = merged({"sections": [A, B]}, {"sections": [N, B]}, {"sections": [B]})

    assert (found.fields["sections"], found.clashes) == ([N, B], ())


def test_the_same_field_of_a_block() -> None:
    """The path names block and field."""
    found = merged({"sections": [B, A]}, {"sections": [B, BY_ADA]}, {"sections": [B, BY_BOB]})

    assert found.clashes == (Clash("sections.1.by", None, "Ada", "Bob"),)
    assert found.fields["sections"] == [B, BY_ADA]


def test_a_block_that_they_took_out_and_you_edited() -> None:
    """The clash holds the block as it was and as you have it."""
    found = merged({"sections": [B, A]}, {"sections": [B]}, {"sections": [B, A1]})

    assert found.clashes == (Clash("sections.1", A, None, A1),)
    assert found.fields["sections"] == [B]


def test_a_block_that_they_edited_and_you_took_out() -> None:
    """It stays as they have it until somebody decides."""
    found = merged({"sections": [B, A]}, {"sections": [B, A1]}, {"sections": [B]})

    assert found.clashes == (Clash("sections.1", A, A1, None),)
    assert found.fields["sections"] == [B, A1]


def test_a_block_that_both_moved_elsewhere() -> None:
    """The order is theirs, and the clash has all three."""
    found = merged({"sections": [A, B, C]}, {"sections": [B, A, C]}, {"sections": [A, C, B]})

    assert found.clashes == (Clash("sections", [A, B, C], [B, A, C], [A, C, B]),)
    assert found.fields["sections"] == [B, A, C]


def test_a_text_that_is_wholly_new_is_still_the_block_in_its_place() -> None:
    """Nothing else stands there, and the type is the same."""
    one, two, three = ({"type": "Quote", "text": text} for text in ("Hm", "Yes", "No"))
    found = merged({"sections": [one]}, {"sections": [two]}, {"sections": [three]})

    assert found.clashes == (Clash("sections.0.text", "Hm", "Yes", "No"),)


_STEPS = st.lists(
    st.tuples(st.sampled_from(["text", "by", "move", "take", "insert"]), st.integers(0, 9)), max_size=4
)
Numbered = list[tuple[Any, Fields]]


@given(theirs=_STEPS, yours=_STEPS)
@settings(max_examples=250)
def test_blocks_are_recognised_as_if_they_had_ids(
    theirs: list[tuple[str, int]], yours: list[tuple[str, int]]
) -> None:
    """The oracle knows which block is which, and merges each by its id; the merge has to find it out."""
    base: Numbered = [(number, quote(f"block{number}")) for number in range(5)]
    one, two = _stepped(base, theirs, "t"), _stepped(base, yours, "y")

    found = merged(*({"sections": [block for _, block in each]} for each in (base, one, two)))

    expected, clashes = _by_id(dict(base), dict(one), dict(two))
    assert sorted(map(repr, found.fields["sections"])) == sorted(map(repr, expected))
    assert sum(each.path != "sections" for each in found.clashes) == clashes


def _stepped(base: Numbered, steps: list[tuple[str, int]], side: str) -> Numbered:
    found = [(number, dict(block)) for number, block in base]
    for count, (kind, place) in enumerate(steps):
        at = place % len(found) if found else 0
        match kind:
            case "insert":
                found.insert(
                    place % (len(found) + 1),
                    (f"{side}{count}", {"type": "Figure", "caption": f"{side}{count}"}),
                )
            case "text" if found and "text" in found[at][1]:
                found[at][1]["text"] += f" {side}{count}"
            case "by" if found and "text" in found[at][1]:
                found[at][1]["by"] = f"{side}{count}"
            case "move" if found:
                found.insert(place // 2 % len(found), found.pop(at))
            case "take" if found:
                del found[at]
    return found


def _by_id(
    base: dict[Any, Fields], theirs: dict[Any, Fields], yours: dict[Any, Fields]
) -> tuple[list[Fields], int]:
    merged_blocks, clashes = [], 0
    for number in dict.fromkeys((*base, *theirs, *yours)):
        before, one, two = (each.get(number) for each in (base, theirs, yours))
        if before is None or one is None or two is None:
            present = one or two
            is_edited = before is not None and present is not None and present != before
            clashes += is_edited
            if (before is None and present) or (is_edited and one):
                merged_blocks.append(present or {})
            continue
        block: Fields = {"type": one["type"]}
        for name in ("text", "by", "caption"):
            values = before.get(name), one.get(name), two.get(name)
            is_clash = len({repr(each) for each in values}) == 3 or (
                values[1] != values[2] != values[0] != values[1]
            )
            value = values[2] if values[0] == values[1] else values[1]
            clashes += is_clash
            if value is not None:
                block[name] = value
        merged_blocks.append(block)
    return merged_blocks, clashes
