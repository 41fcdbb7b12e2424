"""Blocks: typed pieces of an entry, found through the lists that hold them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.model.blocks import STORIES, Person, Quote, Story

from masthead import model as mh
from masthead.kernel import ModelError
from masthead.model import kinds

IDENTITY = "00000000-0000-0000-0000-000000000001"


def test_block_types_are_found_through_the_fields_that_hold_them() -> None:
    """Each once, in the order in which fields name them, with fields as an entry has them."""
    assert [each.name for each in STORIES.blocks] == ["Quote", "Figure"]
    assert STORIES["Story"]["sections"].kind == kinds.Blocks(types=("Quote", "Figure"))
    assert STORIES["Story"]["quotes"].kind == kinds.Blocks(types=("Quote",))
    assert STORIES["Story"]["sections"].default == []
    quote = STORIES.block("Quote")
    assert quote.description == "What somebody said."
    assert [(field.name, field.kind.kind, field.is_nullable) for field in quote.fields] == [
        ("text", "markdown", False),
        ("source", "text", True),
        ("by", "reference", True),
    ]
    assert quote["text"].description == "In their words."
    assert STORIES.block("Figure")["side"].default == "left"


def test_a_model_with_blocks_survives_json() -> None:
    """What is written to the database is read back; a model that was written before blocks were, too."""
    assert mh.ContentModel.from_json(STORIES.to_json()) == STORIES
    old = mh.default_model().to_json()
    del old["blocks"]
    assert mh.ContentModel.from_json(old) == mh.default_model()


def test_a_lock_remembers_blocks(tmp_path: Path) -> None:
    """So that a rename inside a block can be recognised; without blocks a lock says nothing of them."""
    lock = mh.compile_model([Person, Story], mh.ContentLock())[1]
    (path := tmp_path / "content.lock").write_text(lock.to_text(), "utf-8")
    assert mh.read_lock(path) == lock
    assert lock.blocks["Quote"].fields["text"].column == "text"
    assert lock.blocks["Quote"].fields["text"].identity != lock.blocks["Figure"].fields["image"].identity
    assert '"blocks"' not in mh.default_lock().to_text()


def test_physical_names_come_from_the_lock() -> None:
    """A field that was renamed in the lock beside content.py keeps its old column."""
    lock = mh.compile_model([Person, Story], mh.ContentLock())[1]
    fields = dict(lock.blocks["Quote"].fields)
    fields["source"] = replace(fields["source"], column="born_as")
    blocks = {**lock.blocks, "Quote": replace(lock.blocks["Quote"], fields=fields)}
    model, _ = mh.compile_model([Person, Story], replace(lock, blocks=blocks))
    assert model.block("Quote")["source"].column == "born_as"


def _block(**annotations: Any) -> type[mh.Block]:
    return type("Odd", (mh.Block,), {"__annotations__": annotations, "__module__": __name__})


def _holding(*blocks: type[mh.Block], field: str = "parts", name: str = "Holder") -> list[type[mh.Entry]]:
    listed: Any = list
    union: Any = blocks[0]
    for each in blocks[1:]:
        union = union | each
    body = {"__annotations__": {field: listed[union]}, "__module__": __name__}
    return [type(name, (mh.Entry,), body)]


def _field(annotation: Any) -> list[type[mh.Entry]]:
    return [type("Holder", (mh.Entry,), {"__annotations__": {"parts": annotation}, "__module__": __name__})]


MISTAKES: list[tuple[str, Callable[[], list[type[mh.Entry]]], str]] = [
    ("field-unsupported", lambda: _holding(_block(inner=list[Quote])), r"Odd\.inner .* cannot hold others"),
    ("field-unsupported", lambda: _field(Quote), r"a block stands in a list: list\[Quote\]"),
    ("field-unsupported", lambda: _field(list[Quote] | None), "empty rather than None"),
    ("field-unsupported", lambda: _field(list[Quote | str]), "names nothing but blocks"),
    ("field-unsupported", lambda: _field(list[Quote | None]), "names nothing but blocks"),
    ("field-unsupported", lambda: _field(list[mh.Block]), "name subclasses of it"),
    ("field-unsupported", lambda: _field(mh.Ref[Quote]), "takes a content type, not Quote"),
    ("field-reserved", lambda: _holding(_block(type=str)), r"Odd\.type is a reserved name"),
    ("field-unknown-type", lambda: _holding(_block(by=mh.Ref[Person])), "Person, which is not a content"),
    ("type-empty", lambda: _holding(_block()), "Odd has no fields"),
    ("type-duplicate", lambda: _holding(_block(a=str), _block(b=str)), "Odd is the name of two blocks"),
    ("type-duplicate", lambda: _holding(_block(a=str), name="Odd"), "Odd is a block and a content type"),
    ("type-reserved", lambda: _holding(type("Entry", (mh.Block,), {})), "Entry is a reserved name"),
    (
        "type-duplicate",
        lambda: [
            *_holding(_block(a=str)),
            type("HolderParts", (mh.Entry,), {"__annotations__": {"a": str}, "__module__": __name__}),
        ],
        "The blocks of Holder.parts are HolderParts in the API",
    ),
]


@pytest.mark.parametrize(("code", "classes", "message"), MISTAKES)
def test_a_mistake_names_the_class_and_the_field(
    code: str, classes: Callable[[], list[type[mh.Entry]]], message: str
) -> None:
    """Nothing that cannot be is found out later than at the start."""
    with pytest.raises(ModelError, match=message) as caught:
        mh.compile_model(classes(), mh.ContentLock())
    assert caught.value.code == code
    assert caught.value.remedy


def test_a_slug_in_a_block_is_refused() -> None:
    """A block has no address."""
    odd = type("Odd", (mh.Block,), {"__annotations__": {"a": str, "s": mh.Slug}, "s": mh.slug("a")})
    with pytest.raises(ModelError, match=r"Odd\.s is a slug, and a block has no address"):
        mh.compile_model(_holding(odd), mh.ContentLock())


def test_blocks_with_values_that_fit_are_valid() -> None:
    """A block is an object with its type's name; what has a default may be left out."""
    problems = mh.Validator(STORIES["Story"], STORIES).problems(
        {
            "title": "Bow",
            "sections": [
                {"type": "Quote", "text": "*Yes*", "by": IDENTITY},
                {"type": "Figure", "image": IDENTITY, "width": "1.5", "taken": ["2025-03-19"]},
            ],
            "quotes": [{"type": "Quote", "text": "No"}],
        }
    )
    assert problems == ()


def test_every_problem_in_a_block_has_its_path() -> None:
    """All at once: what is missing, what does not fit, what is no field, what is no type of block."""
    values = {
        "title": "Bow",
        "sections": [
            {"type": "Quote", "source": "too long for it"},
            {"type": "Figure", "image": IDENTITY, "taken": ["2025-03-19", "soon"], "odd": 1},
            {"type": "Video"},
        ],
        "quotes": [{"type": "Figure", "image": IDENTITY}],
    }
    problems = mh.Validator(STORIES["Story"], STORIES).problems(values)
    assert [(each.path, each.is_missing) for each in problems] == [
        ("sections.0.text", True),
        ("sections.0.source", False),
        ("sections.1.taken.1", False),
        ("sections.1.odd", False),
        ("sections.2", False),
        ("quotes.0.type", False),
        ("quotes.0.text", True),
        ("quotes.0.image", False),
    ]


def _with_blocks(**changes: dict[str, Any]) -> mh.ContentModel:
    blocks = tuple(replace(each, **changes.get(each.name, {})) for each in STORIES.blocks)
    return replace(STORIES, blocks=blocks)


def _with_sections(*names: str) -> mh.ContentModel:
    story = STORIES["Story"]
    kind = kinds.Blocks(types=names)
    fields = tuple(replace(each, kind=kind) if each.name == "sections" else each for each in story.fields)
    types = tuple(replace(each, fields=fields) if each is story else each for each in STORIES)
    return replace(STORIES, types=types)


def _with_quote_field(**changes: Any) -> mh.ContentModel:
    more = mh.Field(name="more", kind=kinds.Text(), identity="beefbeef", column="more", **changes)
    return _with_blocks(Quote={"fields": (*STORIES.block("Quote").fields, more)})


def test_more_blocks_and_optional_fields_are_additions() -> None:
    """They take nothing from what is there."""
    assert mh.compare_models(_with_sections("Quote"), STORIES).additions == ("Story.sections holds Figure",)
    without = replace(_with_sections("Quote"), blocks=STORIES.blocks[:1])
    assert "the block Figure is new" in mh.compare_models(without, STORIES).additions
    assert mh.compare_models(STORIES, _with_quote_field(is_nullable=True)).additions == ("Quote.more is new",)
    assert mh.compare_models(STORIES, _with_quote_field(default="so")).refusals == ()


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (_with_sections("Quote"), "Story.sections: its kind was"),
        (replace(STORIES, blocks=STORIES.blocks[:1]), "the block Figure is gone"),
        (_with_blocks(Quote={"name": "Saying"}), "Saying: its name was 'Quote' and is 'Saying'"),
        (_with_blocks(Quote={"fields": STORIES.block("Quote").fields[:2]}), "Quote.by is gone"),
        (_with_quote_field(), "Quote.more is new and required, without a default"),
    ],
    ids=lambda each: each[:30] if isinstance(each, str) else "",
)
def test_what_takes_from_blocks_is_refused(new: mh.ContentModel, refusal: str) -> None:
    """The sentence names the block, the field and what was there."""
    (sentence,) = mh.compare_models(STORIES, new).refusals
    assert sentence.startswith(refusal)
