"""What only adds can be applied to a database; every other difference is named and refused."""

from dataclasses import replace
from typing import Any

import pytest

from masthead.model import ContentModel, Field, compare_models, default_model, kinds

OLD = default_model()


def _with_field(field_name: str, **changes: Any) -> ContentModel:
    post = OLD["Post"]
    fields = tuple(replace(field, **changes) if field.name == field_name else field for field in post.fields)
    return ContentModel(tuple(replace(each, fields=fields) if each is post else each for each in OLD))


def _with_type(**changes: Any) -> ContentModel:
    return ContentModel(tuple(replace(each, **changes) if each.name == "Post" else each for each in OLD))


def test_equal_models_do_not_differ() -> None:
    """Nothing to add, nothing to refuse; descriptions may change at will."""
    assert compare_models(OLD, OLD).additions == ()
    described = _with_field("title", description="New words.")
    assert compare_models(OLD, described).refusals == ()


def test_new_types_and_optional_fields_are_additions() -> None:
    """They take nothing from what is there."""
    rank = Field(name="rank", kind=kinds.Integer(), identity="beefbeef", column="rank", is_nullable=True)
    post = OLD["Post"]
    new = _with_type(fields=(*post.fields, rank))
    assert compare_models(OLD, new).additions == ("Post.rank is new",)
    fewer = ContentModel(tuple(each for each in OLD if each.name != "Page"))
    assert compare_models(fewer, OLD).additions == ("Page is new",)


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (ContentModel(OLD.types[1:]), "Post is gone"),
        (_with_type(fields=OLD["Post"].fields[:-1]), "Post.body is gone"),
        (_with_type(path="/blog/{slug}"), "Post: its path was '/posts/{slug}' and is '/blog/{slug}'"),
        (_with_type(order=None), "Post: its order was"),
        (_with_field("title", name="headline"), "Post.headline: its name was 'title' and is 'headline'"),
        (_with_field("title", is_nullable=True), "Post.title: its being optional was False"),
        (_with_field("title", kind=kinds.Markdown()), "Post.title: its kind was"),
        (_with_field("title", kind=kinds.Text(max_length=10)), "Post.title: its kind was"),
        (_with_field("title", kind=kinds.Text(pattern="a")), "Post.title: its kind was"),
        (_with_field("keywords", kind=kinds.Scalars(item=kinds.Integer())), "Post.keywords: its kind was"),
    ],
    ids=lambda each: each[:30] if isinstance(each, str) else "",
)
def test_everything_else_is_refused(new: ContentModel, refusal: str) -> None:
    """The sentence names the type, the field and what was there."""
    (sentence,) = compare_models(OLD, new).refusals
    assert sentence.startswith(refusal)


def test_a_new_required_field_is_refused() -> None:
    """Existing entries would lack it."""
    needed = Field(name="rank", kind=kinds.Integer(), identity="beefbeef", column="rank")
    new = _with_type(fields=(*OLD["Post"].fields, needed))
    assert compare_models(OLD, new).refusals == ("Post.rank is new and required, without a default",)


@pytest.mark.parametrize(
    "kind", [kinds.Text(), kinds.Text(min_length=1, max_length=400), kinds.Text(min_length=0, max_length=300)]
)
def test_looser_constraints_are_no_difference(kind: kinds.Kind) -> None:
    """Every value that was allowed still is, and is stored alike."""
    difference = compare_models(OLD, _with_field("title", kind=kind))
    assert difference.refusals == ()
