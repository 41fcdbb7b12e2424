"""Slugs from names and from places."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.content.slugs import LONGEST, addressable, date_in, read_position, slugify
from masthead.content.titles import title_from, title_in, without_title
from masthead.model import Validator, default_model

POSITIONS = {
    "release/v4.2.4.md": ("release/v4.2.4", None, None),
    "posts/2024-01-05-title.md": ("title", date(2024, 1, 5), "Post"),
    "x/index.md": ("x", None, None),
    "2024-01-05-x/index.md": ("x", date(2024, 1, 5), None),
    "_index.md": ("index", None, None),
    "a/_index.md": ("a", None, None),
    "2015/09/17/Rust-1.3.md": ("2015/09/17/Rust-1.3", date(2015, 9, 17), None),
    "blog/_posts/2024-1-5-a b?.md": ("blog/a-b", date(2024, 1, 5), "Post"),
    "_drafts/x.md": ("x", None, "Post"),
    "pages/about.md": ("about", None, "Page"),
    "authors/ada.md": ("ada", None, "Author"),
    "docs/README.md": ("docs/README", None, None),
    "2024-13-45-x.md": ("2024-13-45-x", None, None),
}


@pytest.mark.parametrize("path", POSITIONS)
def test_a_place_says_slug_date_and_type(path: str) -> None:
    """Case by case."""
    position = read_position(path)
    assert (position.slug, position.day, position.type_name) == POSITIONS[path]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Jakub Beránek", "jakub-beranek"),
        ("C++", "cplusplus"),
        ("C#", "csharp"),
        ("C", "c"),
        ("Größe", "grosse"),
        ("日本語", "日本語"),
        ("  Node.js  Core ", "node-js-core"),
    ],
)
def test_names_become_slugs(name: str, slug: str) -> None:
    """Readable, and those that differ stay apart."""
    assert slugify(name) == slug


_validator = Validator(default_model()["Tag"], default_model())


@given(st.text(min_size=1))
def test_every_name_has_a_slug_that_may_be_published(name: str) -> None:
    """Whatever it is made of."""
    slug = slugify(name)
    assert [each for each in _validator.problems({"name": "x", "slug": slug}) if each.path == "slug"] == []


@given(st.text(min_size=1).map(lambda text: f"{text}/x"))
def test_every_path_has_a_slug_that_may_be_published(path: str) -> None:
    """Whatever files are called."""
    slug = addressable(path)
    assert len(slug) < LONGEST
    assert [each for each in _validator.problems({"name": "x", "slug": slug}) if each.path == "slug"] == []


def test_a_date_is_found_in_a_path() -> None:
    """Only whole ones that exist."""
    assert date_in("inside-rust/2015/09/17/x") == date(2015, 9, 17)
    assert date_in("2015/13/17/x") is None
    assert date_in("v2015.09.17") is None


def test_a_title_is_found_in_the_text() -> None:
    """The first heading outside code, as plain text; a path only when there is none."""
    assert title_in("```\n# no\n```\n\n# *Hello* `you`\n") == "Hello you"
    assert title_in("## Only two\n") is None
    assert title_from("release/2024-01-05-my_first-post") == "My first post"
    assert without_title("# Hello\n\nText\n", "Hello") == "Text\n"
    assert without_title("# Other\n\nText\n", "Hello") == "# Other\n\nText\n"
