"""A function of content.py becomes a computed field, or one error that names it and the remedy."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from masthead import model as mh
from masthead.kernel import ModelError
from masthead.model import kinds


class Mood(Enum):
    """An enum of strings."""

    CALM = "calm"


def an_entry() -> type[mh.Entry]:
    """A fresh content type."""

    class Post(mh.Entry):
        """An article."""

        title: str
        mood: Mood
        body: mh.Markdown
        cover: mh.Ref[mh.Asset] | None = None
        photos: list[mh.Ref[mh.Asset]] = []  # noqa: RUF012 - a declaration

    return Post


def computed(cls: type[mh.Entry]) -> mh.ComputedField:
    """The only computed field of the compiled type."""
    (field,) = mh.compile_model([cls], mh.ContentLock())[0][cls.__name__].computed
    return field


def test_name_type_and_description_are_the_functions() -> None:
    """And what it needs is kept in order, each once."""
    post = an_entry()

    @post.field(needs=["title", "body.text", "cover.id", "title"], deprecated="Count them.")
    async def word_count(posts: list[Any]) -> list[mh.Int32 | Exception | None]:
        """How many words
        it has."""
        return []

    field = computed(post)
    assert (field.name, field.api_name, field.description) == (
        "word_count", "wordCount", "How many words it has."
    )  # fmt: skip
    assert field.needs == ("title", "body.text", "cover.id")
    assert field.kind == kinds.Integer(minimum=-(2**31), maximum=2**31 - 1)
    assert (field.is_nullable, field.deprecation) == (True, "Count them.")


@pytest.mark.parametrize(
    ("annotation", "kind"),
    [
        (list[str], kinds.Text()),
        (list[Decimal], kinds.Decimal()),
        (list[date], kinds.Date()),
        (list[Mood], kinds.Enumeration(name="Mood", values=("calm",))),
        (list[mh.Json], kinds.Json()),
        (list[Any], kinds.Json()),
        (list[list[float]], kinds.Scalars(item=kinds.Float())),
        ("list[int]", kinds.Integer()),
    ],
)
def test_kinds_of_values(annotation: Any, kind: kinds.Kind) -> None:
    """Scalars, enumerations, JSON, and lists of scalars."""
    post = an_entry()

    def value(posts: Any) -> Any:
        return posts

    value.__annotations__["return"] = annotation
    post.field(needs=["id"])(value)
    assert computed(post).kind == kind


def returning(annotation: Any) -> Callable[[type[mh.Entry]], None]:
    """Declares a computed field with this return annotation."""

    def declare(post: type[mh.Entry]) -> None:
        def value(posts: Any) -> Any:
            return posts

        value.__annotations__["return"] = annotation
        post.field(needs=["id"])(value)

    return declare


def needing(needs: Any, name: str = "value") -> Callable[[type[mh.Entry]], None]:
    """Declares a computed field with these needs."""

    def declare(post: type[mh.Entry]) -> None:
        def value(posts: Any) -> list[int]:
            return []

        value.__name__ = name
        post.field(needs=needs)(value)

    return declare


def bare(post: type[mh.Entry]) -> None:
    """Forgets the parentheses."""

    @post.field  # type: ignore[arg-type]  # the mistake
    def value(posts: Any) -> list[int]:
        return []


def twice(post: type[mh.Entry]) -> None:
    """Declares one name twice."""
    needing(["id"])(post)
    needing(["title"])(post)


def unannotated(post: type[mh.Entry]) -> None:
    """Says nothing of what it returns."""

    @post.field(needs=["id"])
    def value(posts):  # type: ignore[no-untyped-def]  # the mistake
        return posts


@pytest.mark.parametrize(
    ("declare", "code", "says"),
    [
        (bare, "computed-needs", 'Post.value does not say which fields it reads'),
        (needing([]), "computed-needs", "does not say which"),
        (needing("title"), "computed-needs", "with a list of names"),
        (needing(["tilte"]), "computed-needs", 'needs "tilte", which Post does not have. It has title, mood'),
        (needing(["body"]), "computed-needs", "Need body.source or body.html"),
        (needing(["body.toc"]), "computed-needs", "of which it must say the part"),
        (needing(["cover"]), "computed-needs", "Need cover.id."),
        (needing(["photos"]), "computed-needs", "list of entries or blocks"),
        (needing(["title.text"]), "computed-needs", 'has no parts. Need "title"'),
        (needing(["id"], "title"), "computed-name", 'called as "title" is'),
        (needing(["id"], "url"), "computed-name", 'called as "url" is'),
        (needing(["id"], "wordCount"), "computed-name", "not in snake_case"),
        (twice, "computed-name", 'called as "value" is'),
        (unannotated, "computed-annotation", "does not say what it returns"),
        (returning(int), "computed-annotation", "does not return a list"),
        (returning("list[Nothing]"), "computed-annotation", "returns something unknown"),
        (returning(list[mh.Ref[mh.Asset]]), "computed-annotation", "a reference is stored and followed"),
        (returning(list[mh.Markdown]), "computed-annotation", "stored, not computed"),
        (returning(list[complex]), "computed-annotation", "complex is not a kind"),
        (returning(list[int | str]), "computed-annotation", "union of several types"),
    ],
)  # fmt: skip
def test_mistakes_name_the_function_its_line_and_the_remedy(
    declare: Callable[[type[mh.Entry]], None], code: str, says: str
) -> None:
    """Where content.py is read, not at the first request."""
    post = an_entry()
    declare(post)
    with pytest.raises(ModelError) as refused:
        computed(post)
    assert refused.value.code == code
    assert says in str(refused.value)
    assert refused.value.place
    assert refused.value.place.file == __file__
    assert refused.value.place.line
    assert refused.value.remedy


def test_built_in_types_take_none() -> None:
    """They outlive the content.py that would add to them."""
    with pytest.raises(ModelError, match="Declare a content type Post of your own"):
        mh.Post.field(needs=["id"])


def test_the_model_is_data_and_its_functions_are_beside_it(tmp_path: Path) -> None:
    """The digest knows names, types and needs; what a function does is in no digest."""
    source = (
        "import masthead as mh\n\nclass Post(mh.Entry):\n    title: str\n\n"
        '@Post.field(needs=["title"])\ndef size(posts: list[Post]) -> list[int]:\n    return [{}]\n'
    )
    digests = []
    for body in ("1", "2"):
        (tmp_path / "content.py").write_text(source.format(body), "utf-8")
        loaded = mh.load_model(tmp_path)
        digests.append(loaded.model.digest)
        assert loaded.functions["Post", "size"].call([]) == [int(body)]
        assert mh.ContentModel.from_json(loaded.model.to_json()) == loaded.model
    assert digests[0] == digests[1]


def test_computed_fields_come_and_go() -> None:
    """No table knows of them: every change of them is an addition."""
    plain, post = an_entry(), an_entry()
    needing(["id"])(post)
    without, lock = mh.compile_model([plain], mh.ContentLock())
    with_one, _ = mh.compile_model([post], lock)
    assert mh.compare_models(without, with_one) == mh.Difference(("Post.value is computed",), ())
    assert mh.compare_models(with_one, without) == mh.Difference(("Post.value is no longer computed",), ())


def test_a_parent_is_frozen_and_has_what_was_needed() -> None:
    """Anything else is an error that names the field."""
    parent = mh.Parent("Post.size", {"title": "A", "body": mh.Parent("Post.size", {"text": "B"})})
    assert (parent.title, parent.body.text) == ("A", "B")
    assert parent == mh.Parent("Post.size", {"title": "A", "body": mh.Parent("Post.size", {"text": "B"})})
    with pytest.raises(AttributeError, match=r'Post\.size reads "date", which it does not need'):
        _ = parent.date
    with pytest.raises(AttributeError, match="frozen"):
        parent.title = "C"
