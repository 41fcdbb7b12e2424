"""Texts are compared by words, in hunks with lines of context around them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from masthead.content.history import Run, TextHunk, text_hunks
from masthead.content.history.text_runs import word_runs

_TEXT = st.lists(
    st.sampled_from(["one", "two", "three", " ", " ", "\n", "\n\n", ".", "é", "\r\n", "- "]), max_size=60
).map("".join)


def test_words_that_changed() -> None:
    """What stayed stands around them."""
    assert word_runs("The quick fox.", "The red fox!") == [
        Run("equal", "The "),
        Run("delete", "quick"),
        Run("insert", "red"),
        Run("equal", " fox"),
        Run("delete", "."),
        Run("insert", "!"),
    ]


def test_spaces_do_not_chop_up_a_change() -> None:
    """Two neighbouring words that both changed are one change."""
    assert word_runs("see brown fox here", "see red wolf here") == [
        Run("equal", "see "),
        Run("delete", "brown fox"),
        Run("insert", "red wolf"),
        Run("equal", " here"),
    ]


def test_a_sentence_that_is_wholly_new_is_shown_whole() -> None:
    """A shared comma is no reason to compare word by word."""
    old, new = "Hello, this was fine.", "Nothing of that, alas."

    assert word_runs(old, new) == [Run("delete", old), Run("insert", new)]


def test_a_long_text_is_shown_where_it_differs() -> None:
    """With three lines around, counted from 1 in both versions."""
    old = "".join(f"line {number}\n" for number in range(1, 101))
    new = old.replace("line 50\n", "line fifty\n").replace("line 90\n", "")

    first, second = text_hunks(old, new)

    assert (first.before, first.before_count, first.after, first.after_count) == (47, 7, 47, 7)
    assert first.runs[1:3] == (Run("delete", "50"), Run("insert", "fifty"))
    assert (second.before, second.before_count, second.after, second.after_count) == (87, 7, 87, 6)


def test_changes_near_each_other_are_one_hunk() -> None:
    """Their lines of context would be shown twice."""
    old = "".join(f"{number}\n" for number in range(20))

    assert len(text_hunks(old, old.replace("3\n", "x\n", 1).replace("\n9\n", "\ny\n"))) == 1


@given(_TEXT, _TEXT)
def test_hunks_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    """Each stands where it says and holds both versions: one in place of the other gives the text."""
    assert _replaced(_lines(before), text_hunks(before, after)) == after


def _lines(text: str) -> list[str]:
    pieces = text.split("\n")
    return [f"{each}\n" for each in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])


def _replaced(lines: list[str], hunks: tuple[TextHunk, ...]) -> str:
    for each in reversed(hunks):
        start, end = each.before - 1, each.before - 1 + each.before_count
        assert "".join(lines[start:end]) == "".join(run.text for run in each.runs if run.kind != "insert")
        lines[start:end] = ["".join(run.text for run in each.runs if run.kind != "delete")]
    return "".join(lines)


@given(_TEXT)
def test_what_is_equal_has_no_hunks(text: str) -> None:
    """Nothing is shown where nothing changed."""
    assert text_hunks(text, text) == ()


@given(_TEXT, _TEXT)
def test_runs_are_as_few_as_can_be(before: str, after: str) -> None:
    """No empty one, and no two of a kind beside each other."""
    for hunk in text_hunks(before, after):
        kinds = [run.kind for run in hunk.runs]
        assert all(run.text for run in hunk.runs)
        assert all(one != two for one, two in pairwise(kinds))


def test_a_megabyte_is_compared_at_once() -> None:
    """The work is bounded, for texts of many lines that all repeat too."""
    one = "".join(f"{number % 997}\n" for number in range(100_000))
    two = "".join(f"{number * 7 % 991}\n" for number in range(100_000))

    assert text_hunks(one, two)
