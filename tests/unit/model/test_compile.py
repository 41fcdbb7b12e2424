"""Annotated classes become a ContentModel, or one error that names the class, the field and the remedy."""

import enum
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated

import pytest
from tests.unit.model.everything import Everything, Person

from masthead import model as mh
from masthead.kernel import ModelError
from masthead.model import kinds


class Number(enum.Enum):
    """An enum that is not of strings."""

    ONE = 1


def test_every_kind_of_field_compiles() -> None:
    """Each annotation becomes its kind, with constraints, optionality, default and description."""
    model, _ = mh.compile_model([Person, Everything], mh.ContentLock())
    fields = {
        field.name: (field.kind, field.is_nullable, field.default) for field in model["Everything"].fields
    }
    assert fields == {
        "text": (kinds.Text(min_length=1, max_length=9, pattern="[a-z]+"), False, None),
        "slug": (kinds.Slug(source="text"), False, None),
        "whole": (kinds.Integer(minimum=0, maximum=10), False, 3),
        "real": (kinds.Float(maximum=1.0), False, 0.5),
        "exact": (kinds.Decimal(minimum="0.10"), False, "1.50"),
        "flag": (kinds.Boolean(), False, True),
        "day": (kinds.Date(), False, "2025-03-19"),
        "when": (kinds.DateTime(), False, "2025-03-19T12:00:00+00:00"),
        "mood": (kinds.Enumeration(name="Mood", values=("calm", "keen")), False, "calm"),
        "anything": (kinds.Json(), False, {"a": 1}),
        "link": (kinds.Url(), True, None),
        "body": (kinds.Markdown(), True, None),
        "cover": (kinds.Reference(target="Asset"), True, None),
        "author": (kinds.Reference(target="Person"), False, None),
        "friends": (kinds.References(target="Person"), False, []),
        "self_ref": (kinds.Reference(target="Everything"), True, None),
        "words": (kinds.Scalars(item=kinds.Text(max_length=5)), False, ["a"]),
    }
    everything = model["Everything"]
    assert everything.description == "One field of every kind.\n\nWith a second paragraph."
    assert (everything.path, everything.order, everything.is_descending) == ("/things/{slug}", "when", True)
    assert everything["text"].description == "A text."
    assert everything["self_ref"].api_name == "selfRef"


def test_built_in_types_belong_to_every_publication() -> None:
    """Asset and Site are there although nobody declares them; Site has exactly one entry."""
    model, _ = mh.compile_model([Person], mh.ContentLock())
    assert [each.name for each in model] == ["Person", "Asset", "Site"]
    assert model["Site"].is_singleton


def test_model_survives_json() -> None:
    """What is written to the database is read back as the same model with the same digest."""
    model, _ = mh.compile_model([Person, Everything], mh.ContentLock())
    again = mh.ContentModel.from_json(model.to_json())
    assert again == model
    assert again.digest == model.digest


def test_referrers_are_found_in_declaration_order() -> None:
    """Reverse fields are derived from who refers to a type."""
    model, _ = mh.compile_model([Person, Everything], mh.ContentLock())
    assert [(each.name, field.name) for each, field in model.referrers("Person")] == [
        ("Everything", "author"),
        ("Everything", "friends"),
    ]


def _entry(annotation: object, default: object = ..., **options: str) -> type[mh.Entry]:
    body: dict[str, object] = {"__annotations__": {"name": str, "thing": annotation}, "__module__": __name__}
    if default is not ...:
        body["thing"] = default
    return type("Odd", (mh.Entry,), body, **options)


def _named(name: str, field: str = "name") -> type[mh.Entry]:
    return type(name, (mh.Entry,), {"__annotations__": {field: str}, "__module__": __name__})


MISTAKES: list[tuple[str, Callable[[], list[type[mh.Entry]]], str]] = [
    ("field-unsupported", lambda: [_entry(complex)], r"Odd\.thing cannot be stored: complex is not a kind"),
    ("field-unsupported", lambda: [_entry(int | str)], "a union of several types"),
    ("field-unsupported", lambda: [_entry(list[str | None])], "items of a list cannot be None"),
    ("field-unsupported", lambda: [_entry(Number)], "values of the enum Number must be strings"),
    ("field-unsupported", lambda: [_entry(mh.Slug)], "a slug needs its source"),
    ("field-unsupported", lambda: [_entry(Annotated[int, mh.MaxLen(3)])], "numbers take Ge and Le"),
    ("field-unsupported", lambda: [_entry(Annotated[str, mh.Ge(3)])], "text takes MinLen and MaxLen"),
    ("field-unsupported", lambda: [_entry(Annotated[bool, mh.Ge(3)])], "does not limit this kind"),
    ("field-unsupported", lambda: [_entry(mh.Ref[int])], r"Ref\[…\] takes a content type, not int"),
    ("field-unsupported", lambda: [_entry(Annotated[str, "odd"])], "'odd' is not a constraint"),
    ("field-unsupported", lambda: [_entry(list)], "list is not a kind of field"),
    ("field-unknown-type", lambda: [_entry("mh.Ref[Nowhere]")], "name 'Nowhere' is not defined"),
    ("field-unknown-type", lambda: [_entry(mh.Ref[Person])], "Person, which is not a content type of this"),
    ("field-reserved", lambda: [_named("Odd", "id")], "every entry has it already"),
    ("field-reserved", lambda: [_named("Odd", "revision")], "the APIs use it themselves"),
    ("field-name", lambda: [_named("Odd", "camelCase")], "is not in snake_case"),
    ("field-name", lambda: [_named("Odd", "_hidden")], "is not in snake_case"),
    (
        "slug-source",
        lambda: [_entry(mh.Slug, mh.slug("nme"))],
        'is a slug of "nme", which is not a text field',
    ),
    ("field-default", lambda: [_entry(int, "three")], "has a default that is not an integer"),
    ("field-default", lambda: [_entry(int, True)], "has a default that is not an integer"),
    ("field-default", lambda: [_entry(date, datetime(2025, 1, 1, tzinfo=UTC))], "that is not a date"),
    ("field-default", lambda: [_entry(datetime, datetime(2025, 1, 1))], "has no time zone"),  # noqa: DTZ001
    ("field-default", lambda: [_entry(list[str], "a")], "is not a list"),
    ("field-default", lambda: [_entry(mh.Markdown, "a")], "only None is possible"),
    ("type-reserved", lambda: [_named("Query")], "Query is a reserved name"),
    ("type-reserved", lambda: [_named("PostConnection")], "PostConnection is a reserved name"),
    ("type-name", lambda: [_named("lower")], "is not in PascalCase"),
    ("type-duplicate", lambda: [_named("Odd"), _named("Odd")], "Odd is declared twice"),
    ("type-duplicate", lambda: [_named("Odd"), _named("Odds")], 'would be "odds" in the API, as Odd is'),
    ("type-address", lambda: [_named("Token")], "Token would be at /api/tokens, where the"),
    ("type-order", lambda: [_entry(bool, order="thing")], 'is ordered by "thing"'),
    ("type-path", lambda: [_entry(int, path="/odd/{slug}")], "which names 'slug', not a field"),
    ("type-path", lambda: [_entry(int, path="odd")], 'has the path "odd"'),
    ("type-empty", lambda: [type("Odd", (mh.Entry,), {})], "Odd has no fields"),
]


@pytest.mark.parametrize(
    ("code", "types", "message"), MISTAKES, ids=[f"{code}: {message[:30]}" for code, _, message in MISTAKES]
)
def test_a_mistake_is_refused_with_place_and_remedy(
    code: str, types: Callable[[], list[type[mh.Entry]]], message: str
) -> None:
    """Whatever cannot be is refused by name, with what to do instead."""
    with pytest.raises(ModelError, match=message) as refused:
        mh.compile_model(types(), mh.ContentLock())
    assert refused.value.code == code
    assert refused.value.remedy
    assert refused.value.place
    assert refused.value.place.path


def test_two_fields_cannot_share_an_api_name() -> None:
    """`a1_b` and `a1b` differ in Python; in the API `a1B` and `a1b` do too, but `x_1` and `x1` do not."""
    twins = type("Odd", (mh.Entry,), {"__annotations__": {"x_1": str, "x1": str}, "__module__": __name__})
    with pytest.raises(ModelError, match=r'x1 and x_1 are both "x1" in the API') as refused:
        mh.compile_model([twins], mh.ContentLock())
    assert refused.value.code == "field-duplicate"
