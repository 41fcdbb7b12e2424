"""What a draft may hold: nothing is required, and nothing has the wrong kind."""

from typing import Any

import pytest

from masthead.model import DraftValidator, default_model

MODEL = default_model()
POST = DraftValidator(MODEL["Post"], MODEL)


def test_a_draft_may_be_empty() -> None:
    """Required values are asked for when it is published."""
    assert POST.read({}) == ({}, ())


def test_text_may_be_of_any_length() -> None:
    """Half-written text is saved: a title may be empty, or too long to be published."""
    values = {"title": "", "description": "x" * 5000}
    assert POST.read(values) == (values, ())


def test_moments_are_stored_in_utc() -> None:
    """However they are written, so that equal moments are equal values."""
    found, problems = POST.read({"date": "2024-01-05T10:00+02:00"})
    assert (found, problems) == ({"date": "2024-01-05T08:00:00+00:00"}, ())


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"title": 5}, "title"),
        ({"date": "yesterday"}, "date"),
        ({"date": "2024-01-05T10:00"}, "date"),
        ({"tags": ["no-id"]}, "tags.0"),
        ({"slug": "a b"}, "slug"),
        ({"keywords": "go"}, "keywords"),
        ({"headline": "x"}, "headline"),
    ],
)
def test_the_wrong_kind_is_refused_with_its_path(values: dict[str, Any], path: str) -> None:
    """And what is sound beside it is read all the same."""
    found, problems = POST.read({**values, "description": "kept"})
    assert ([each.path for each in problems], found) == ([path], {"description": "kept"})


def test_a_field_that_is_none_says_so() -> None:
    """A name that the type does not have is told from a wrong value."""
    _, problems = POST.read({"headline": "x"})
    assert problems[0].is_unknown
