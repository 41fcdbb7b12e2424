"""Plain text, excerpt and reading time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.markdown import render


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# A\n\nb *c*`d`, [e](f).", "A b cd, e."),
        ("H<sub>2</sub>O", "H2O"),
        ("- a\n- b\n\n| c | d |\n|---|---|", "a b c d"),
        ("a[^1].\n\n[^1]: note", "a. note"),
        ("a &amp; &lt;b&gt;", "a & <b>"),
        ("```py\nx = 1\n```", "x = 1"),
        ("![alt](a.png)", ""),
        ("a<br>b", "a b"),
        ("", ""),
    ],
)
def test_text_is_the_words_without_markup(source: str, text: str) -> None:
    """Inline elements leave no gap, blocks do; notes lose their marks."""
    assert render(source).text == text


def test_the_excerpt_is_the_first_paragraphs() -> None:
    """Not headings, lists, quotes, alerts, tables or code."""
    source = "# T\n\n- list\n\n> quote\n\n> [!NOTE]\n> alert\n\n```\ncode\n```\n\nFirst *one*.\n\nSecond."
    assert render(source).excerpt == "First one. Second."


def test_the_excerpt_is_cut_at_a_word() -> None:
    """About 200 characters, and an ellipsis where something follows."""
    excerpt = render("word " * 100).excerpt
    assert excerpt == f"{'word ' * 39}word…"
    assert len(excerpt) == 200


def test_a_text_without_spaces_is_cut_too() -> None:
    """Chinese has none."""
    assert render("字" * 500).excerpt == f"{'字' * 200}…"


def test_a_text_without_paragraphs_has_an_excerpt() -> None:
    """Its first words."""
    assert render("- a\n- b").excerpt == "a b"


@pytest.mark.parametrize(
    ("source", "minutes"),
    [("", 1), ("word " * 220, 1), ("word " * 221, 2), ("word " * 2200, 10), ("字" * 500, 1), ("字" * 501, 2)],
)
def test_reading_takes_whole_minutes(source: str, minutes: int) -> None:
    """220 words or 500 characters of Chinese or Japanese a minute; at least one."""
    assert render(source).minutes == minutes


@given(st.text(max_size=400))
def test_any_text_has_a_short_excerpt_and_clean_text(source: str) -> None:
    """One space between words, no more than 201 characters."""
    rendered = render(source)
    assert len(rendered.excerpt) <= 201
    assert rendered.text == " ".join(rendered.text.split())
    assert rendered.minutes >= 1
