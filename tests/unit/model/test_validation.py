"""An entry is published only when every value fits its field; all problems are told at once."""

from typing import Any

import pytest
from tests.unit.model.everything import Everything, Person

from masthead.model import FieldProblem, Validator, compile_model, default_model
from masthead.model.lock import ContentLock

ID = "0198f0a4-0000-7000-8000-000000000001"
POST = {"title": "A", "slug": "a", "date": "2025-03-19T00:00:00Z", "body": "Text"}


def _problems(changes: dict[str, Any], name: str = "Post") -> dict[str, str]:
    problems = Validator(default_model()[name], default_model()).problems({**POST, **changes})
    return {problem.path: problem.message for problem in problems}


def test_a_complete_entry_has_no_problems() -> None:
    """Required fields are enough; the others have defaults or may be missing."""
    assert _problems({}) == {}
    assert _problems({"tags": [ID], "cover": ID, "keywords": ["a"], "updated": None}) == {}


def test_all_problems_are_told_at_once_with_their_paths() -> None:
    """Paths reach into lists."""
    found = _problems({"title": "", "date": "2025-03-19T00:00:00", "tags": [ID, "x"], "odd": 1})
    assert set(found) == {"title", "date", "tags.1", "odd"}


@pytest.mark.parametrize(
    "slug", ["", "/a", "a/", "a//b", "a/../b", ".", "a b", "a?b", "a#b", 'a"b', "a%b", "a\\b"]
)
def test_a_slug_that_is_no_address_is_a_problem(slug: str) -> None:
    """A slug can be put into a path as it is."""
    assert set(_problems({"slug": slug})) == {"slug"}


@pytest.mark.parametrize("slug", ["a", "v4.2.4", "2015/09/17/Rust-1.3", "über-uns", "日本"])
def test_slugs_of_real_blogs_are_addresses(slug: str) -> None:
    """Slashes inside, dots, capitals and any letters are allowed."""
    assert _problems({"slug": slug}) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "UPPER"),
        ("text", "abcdefghij"),
        ("text", "a\nb"),
        ("whole", 11),
        ("whole", 2**70),
        ("real", 2.0),
        ("real", float("nan")),
        ("exact", "0.05"),
        ("mood", "angry"),
        ("link", "javascript:alert(1)"),
        ("link", "ftp://x"),
        ("words", ["toolong"]),
        ("author", "no uuid"),
        ("day", "2025-02-31"),
        ("day", "9999-12-31"),
        ("when", "0001-01-01T00:00:00Z"),
    ],
)
def test_constraints_of_every_kind_hold(field: str, value: object) -> None:
    """What a class declares is what publishing checks."""
    model, _ = compile_model([Person, Everything], ContentLock())
    values = {"text": "abc", "slug": "abc", "author": ID, field: value}
    problems = Validator(model["Everything"], model).problems(values)
    assert [problem.path.split(".")[0] for problem in problems] == [field]
    assert all(isinstance(problem, FieldProblem) and problem.message for problem in problems)
