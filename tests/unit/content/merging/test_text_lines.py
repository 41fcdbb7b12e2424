"""Texts merge by lines, and clash where both sides changed the same ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.content.merging.line_oracle import Edit, applied, edits, merge_lines

from masthead.content.merging import Clash, ClashLines, Span, merge_text

BASE = tuple(f"base {number}" for number in range(10))

CLEAN = {
    "edits of different lines": ("a b c d", "A b c d", "a b c D", "A b c D"),
    "edits of neighbouring lines": ("a b c", "A b c", "a B c", "A B c"),
    "an insertion before a changed line": ("a b", "a x b", "a B", "a x B"),
    "an insertion after a changed line": ("a b", "a x b", "A b", "A x b"),
    "insertions around a line": ("a", "x a", "a y", "x a y"),
    "deletions that overlap": ("a b c d e", "a d e", "a b e", "a e"),
    "a deletion beside an edit": ("a b c", "a c", "a b C", "a C"),
    "the same edit": ("a b", "a B", "a B", "a B"),
    "the same insertion, and one more edit": ("a b", "a x b", "A x b", "A x b"),
    "lines appended, and the first one changed": ("a b", "a b c", "A b", "A b c"),
    "one of two equal lines out, on both sides": ("c b c e e", "c h c e", "c b c e", "c h c e"),
    "everything deleted on both sides": ("a b", "", "", ""),
}


def _text(words: str) -> str:
    return "\n".join(words.split())


@pytest.mark.parametrize("case", CLEAN.values(), ids=CLEAN)
def test_merges(case: tuple[str, str, str, str]) -> None:
    """Both changes hold, whichever side is which."""
    base, theirs, yours, expected = map(_text, case)

    assert merge_text("body", base, theirs, yours) == (expected, ())
    assert merge_text("body", base, yours, theirs) == (expected, ())


CLASHES = {
    "one line, changed twice": ("a b c", "a X c", "a Y c", ("b", "X", "Y")),
    "two insertions at one place": ("a c", "a X c", "a Y c", ("", "X", "Y")),
    "a changed line that the other side took out": ("a b c", "a X c", "a c", ("b", "X", "")),
    "an insertion within what the other side took out": ("a b c d", "a d", "a b X c d", ("b c", "", "b X c")),
    "what both changed alike is no part of it": ("a b c d", "X Y c d", "X Z c d", ("a b", "Y", "Z")),
    "two lines appended": ("a", "a X", "a Y", ("", "X", "Y")),
}


@pytest.mark.parametrize("case", CLASHES.values(), ids=CLASHES)
def test_clashes(case: tuple[str, str, str, tuple[str, str, str]]) -> None:
    """Both versions are in the clash, theirs is in the text."""
    base, theirs, yours = map(_text, case[:3])

    text, clashes = merge_text("body", base, theirs, yours)

    assert [(each.base, each.theirs, each.yours) for each in clashes] == [tuple(map(_text, case[3]))]
    assert text == theirs


def test_a_clash_says_its_lines_in_every_version() -> None:
    """Counted from 1; an empty span is the place before its first line."""
    base = _text("a b c d e")
    _, (clash,) = merge_text("body", base, _text("new a b X d e"), _text("a b Y Z d E"))

    lines = ClashLines(base=Span(3, 1), theirs=Span(4, 1), yours=Span(3, 2), merged=Span(4, 1))
    assert clash == Clash("body", "c", "X", "Y\nZ", lines)
    assert clash.to_json()["lines"] == {
        "base": [3, 1],
        "theirs": [4, 1],
        "yours": [3, 2],
        "merged": [4, 1],
    }


def test_a_line_ends_with_a_line_feed_alone() -> None:
    """Carriage returns and Unicode's other separators stay in their lines; nothing is added at the end."""
    base = "a\r\nb\u2028c\n"

    assert merge_text("body", base, "A\r\nb\u2028c\n", "a\r\nb\u2028c\nd") == ("A\r\nb\u2028c\nd", ())


@given(theirs=edits("t", len(BASE)), yours=edits("y", len(BASE)))
@settings(max_examples=300)
def test_the_oracle_agrees(theirs: list[Edit], yours: list[Edit]) -> None:
    """The same text and the same clashes as from a merge that is told what was edited."""
    base, one, two = BASE, applied(BASE, theirs), applied(BASE, yours)
    expected, clashes = merge_lines(base, theirs, yours)

    text, found = merge_text("body", *("\n".join(each) for each in (base, one, two)))

    assert text == "\n".join(expected)
    assert [[each.base, each.theirs, each.yours] for each in found] == [
        ["\n".join(each) for each in clash] for clash in clashes
    ]


@given(st.lists(st.sampled_from("abc"), max_size=12), *[st.lists(st.sampled_from("abc "), max_size=12)] * 2)
def test_a_clash_is_where_it_says(base: list[str], theirs: list[str], yours: list[str]) -> None:
    """The spans of each version hold what the clash holds; putting yours in place of theirs resolves it."""
    texts = ["\n".join(each) for each in (base, theirs, yours)]

    text, clashes = merge_text("body", *texts)

    for each in clashes:
        assert each.lines is not None
        spans = (each.lines.base, each.lines.theirs, each.lines.yours, each.lines.merged)
        shown = [_spanned(whole, span) for whole, span in zip((*texts, text), spans, strict=True)]
        assert shown == [each.base, each.theirs, each.yours, each.theirs]


def _spanned(text: str, span: Span) -> str:
    return "\n".join(text.split("\n")[span.first - 1 : span.first - 1 + span.count])
