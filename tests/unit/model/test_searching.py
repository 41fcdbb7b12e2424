"""What full-text search covers: what a class says, or what every class gets that says nothing."""

import dataclasses
from typing import Annotated, Any

import pytest

from masthead import model as mh
from masthead.kernel import ModelError


def compiled(*classes: type[mh.Entry]) -> mh.ContentModel:
    """Their model."""
    return mh.compile_model(classes, mh.ContentLock())[0]


def weights(content_type: mh.ContentType) -> dict[str, str]:
    """The fields that are searched."""
    return {field.name: field.search for field in content_type.fields if field.search}


class Plain(mh.Entry):
    """Says nothing about search."""

    lead: str
    title: str
    slug: mh.Slug = mh.slug("title")
    body: mh.Markdown
    rank: int | None = None
    link: mh.Url | None = None
    words: list[str] | None = None


class Untitled(mh.Entry):
    """Has no slug."""

    lead: str
    note: str


class Chosen(mh.Entry, language="german"):
    """Says what is searched."""

    title: Annotated[str, mh.Search("A"), mh.MaxLen(9)]
    note: str
    body: Annotated[mh.Markdown | None, mh.Search("D")] = None


def test_without_a_word_about_it_the_title_counts_most() -> None:
    """What the slug is made of is A, other texts are B, Markdown is C; without a slug the first text is A."""
    model = compiled(Plain, Untitled)
    assert weights(model["Plain"]) == {"lead": "B", "title": "A", "body": "C"}
    assert weights(model["Untitled"]) == {"lead": "A", "note": "B"}
    assert model["Plain"].language == "english"


def test_one_word_about_it_and_nothing_else_is_searched() -> None:
    """A default beside a choice would be a surprise."""
    model = compiled(Chosen)
    assert weights(model["Chosen"]) == {"title": "A", "body": "D"}
    assert model["Chosen"].language == "german"


def test_the_model_of_the_default_publication() -> None:
    """Digests and media types are no words; the site is no entry of a list."""
    model = mh.default_model()
    assert weights(model["Post"]) == {"title": "A", "description": "B", "body": "C"}
    assert weights(model["Asset"]) == {"filename": "A", "alt": "B"}
    assert not model["Site"].is_searchable


def mistaken(annotation: Any, default: Any = None, **options: Any) -> type[mh.Entry]:
    """A class with one field."""
    namespace = {"__annotations__": {"it": annotation}, "__module__": __name__}
    if default is not None:
        namespace["it"] = default
    return type("It", (mh.Entry,), namespace, **options)


@pytest.mark.parametrize(
    ("cls", "message"),
    [
        (mistaken(Annotated[int, mh.Search("A")]), "Search covers text and Markdown fields only"),
        (mistaken(Annotated[str, mh.Search("E")]), "one weight of A, B, C, D"),  # type: ignore[arg-type]  # the mistake
        (mistaken(Annotated[str, mh.Search("A"), mh.Search("B")]), "one weight of A, B, C, D"),
        (mistaken(str, language="klingon"), 'It is searched in "klingon", which PostgreSQL does not know'),
    ],
)
def test_a_mistake_is_refused(cls: type[mh.Entry], message: str) -> None:
    """With the name at fault, before any database is asked."""
    with pytest.raises(ModelError, match=message):
        compiled(cls)


def test_a_singleton_is_not_searched() -> None:
    """It is in no list."""

    class Front(mh.Singleton):
        title: Annotated[str, mh.Search("A")]

    with pytest.raises(ModelError, match=r"Front\.title is searched, but a singleton is in no list"):
        compiled(Front)


def test_search_changes_as_an_addition() -> None:
    """Its column is made of others, so nothing is lost. A new field alone is its own sentence."""
    old = compiled(Chosen)
    title, note, body = old["Chosen"].fields

    def changed(**changes: Any) -> tuple[str, ...]:
        new = mh.ContentModel((dataclasses.replace(old["Chosen"], **changes), *old.types[1:]))
        difference = mh.compare_models(old, new)
        assert difference.refusals == ()
        return difference.additions

    otherwise = ("Chosen is searched in another way",)
    assert changed(language="french") == otherwise
    assert changed(fields=(dataclasses.replace(title, search="B"), note, body)) == otherwise
    assert changed(fields=(title, dataclasses.replace(note, search="B"), body)) == otherwise
    extra = dataclasses.replace(
        note, name="extra", identity="beef", column="extra", is_nullable=True, search="B"
    )
    assert changed(fields=(title, note, body, extra)) == ("Chosen.extra is new",)


def test_the_api_has_a_search_of_its_own() -> None:
    """So no content type can be called that."""
    search = type("Search", (mh.Entry,), {"__annotations__": {"it": str}, "__module__": __name__})
    with pytest.raises(ModelError, match='Search would be "search" in the API'):
        compiled(search)
