"""Blocks from front matter to the API: typed pieces of an entry, projected, linked and verified with it."""

import json
from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import pytest
from tests.store.content.folders import PIXEL, bring_in, differences, paths, public, write
from tests.store.query.oracle import OneTransaction

from masthead import model as mh
from masthead.content import import_folder
from masthead.graphql import Engine
from masthead.model import DEFAULT_PUBLICATION, ContentLock, ContentModel, compile_model, load_model
from masthead.store import Database, apply_model, open_database

EXAMPLE = Path(__file__).parents[3] / "examples" / "case-studies"


class Side(Enum):
    """Where a figure stands."""

    LEFT = "left"
    FAR_RIGHT = "far-right"


class Quote(mh.Block):
    """What somebody said."""

    text: mh.Markdown
    by: mh.Ref[mh.Author] | None = None
    seen_in: mh.Ref["Story"] | None = None


class Figure(mh.Block):
    """A picture."""

    image: mh.Ref[mh.Asset]
    caption: Annotated[str, mh.MaxLen(20)] = "A picture"
    side: Side = Side.LEFT
    scale: float | None = None
    price: Decimal | None = None
    count: int | None = None
    taken: list[date] = []  # noqa: RUF012 - a declaration
    others: list[mh.Ref[mh.Asset]] = []  # noqa: RUF012 - a declaration
    data: mh.Json | None = None


class Story(mh.Entry, path="/stories/{slug}", order="title"):
    """What blocks are for."""

    title: str
    slug: mh.Slug = mh.slug("title")
    sections: list[Quote | Figure] = []  # noqa: RUF012 - a declaration
    quotes: list[Quote] = []  # noqa: RUF012 - a declaration
    body: mh.Markdown | None = None


MODEL, LOCK = compile_model((Story, *DEFAULT_PUBLICATION), ContentLock())

BOW = """---
type: Story
title: Bow
sections:
  - type: quote
    text: "*Yes*, see [the keel](keel.md) and ![it](pixel.png)"
    by: Ada
    seenIn: keel
  - type: Figure
    image: pixel.png
    side: far-right
    scale: 1e300
    price: "12.50"
    count: 9007199254740993
    taken: [2024-01-05, 2024-01-05]
    others: [pixel.png]
    data: { a: [1, null] }
  - { type: quote, text: Short }
quotes:
  text: Alone
---
Text
"""
FILES: dict[str, str | bytes] = {
    "bow.md": BOW,
    "keel.md": "---\ntype: Story\ntitle: Keel\n---\nText\n",
    "pixel.png": PIXEL,
}
SECTIONS = """
{ story(slug: "bow") {
    sections {
      __typename
      ...on Quote { text { source html excerpt } by { name } seenIn { path } }
      ...picture
    }
    quotes { ... on Quote { text { text } } ... on StoryQuotes { __typename } }
} }
fragment picture on Figure {
  image { path width } caption side scale price count taken others { filename } data
}
"""


@pytest.fixture
async def own(empty_database_url: str) -> AsyncIterator[Database]:
    """A database of that model."""
    async with open_database(empty_database_url, size=2) as database:
        await apply_model(database, MODEL)
        yield database


async def ask(database: Database, document: str, model: ContentModel = MODEL, **options: Any) -> Any:
    """The data that the operation gets."""
    reader = OneTransaction()
    async with database.transaction() as reader.transaction:
        answer = await Engine(model, reader, **options).execute(document)
    found = json.loads(answer.body)
    assert "errors" not in found, found
    return found["data"]


async def test_blocks_are_read_as_they_were_written(own: Database, tmp_path: Path) -> None:
    """In their order, each with its own fields; values are spelled as those of an entry's fields are."""
    report = await bring_in(own, write(tmp_path / "blog", FILES), MODEL)
    assert report.problems == ()
    story = (await ask(own, SECTIONS))["story"]
    quote, figure, short = story["sections"]
    image = figure["image"]["path"]
    assert quote == {
        "__typename": "Quote",
        "text": {
            "source": f"*Yes*, see [the keel](/stories/keel) and ![it]({image})",
            "html": f'<p><em>Yes</em>, see <a href="/stories/keel">the keel</a> and <img src="{image}" '
            'alt="it"></p>\n',
            "excerpt": "Yes, see the keel and",
        },
        "by": {"name": "Ada"},
        "seenIn": {"path": "/stories/keel"},
    }
    assert figure == {
        "__typename": "Figure",
        "image": {"path": image, "width": 1},
        "caption": "A picture",
        "side": "FAR_RIGHT",
        "scale": 1e300,
        "price": "12.50",
        "count": "9007199254740993",
        "taken": ["2024-01-05", "2024-01-05"],
        "others": [{"filename": "pixel.png"}],
        "data": {"a": [1, None]},
    }
    assert (short["text"]["source"], short["by"], short["seenIn"]) == ("Short", None, None)
    assert story["quotes"] == [{"text": {"text": "Alone"}, "__typename": "Quote"}]
    assert await differences(own, MODEL) == []


async def test_an_import_of_the_same_files_changes_nothing(own: Database, tmp_path: Path) -> None:
    """What is composed again of a file with blocks is what its snapshot holds."""
    folder = write(tmp_path / "blog", FILES)
    await bring_in(own, folder, MODEL)
    again = await bring_in(own, folder, MODEL)
    assert (again.created, again.changed) == ((), ())


async def test_a_block_follows_what_it_refers_to(own: Database, tmp_path: Path) -> None:
    """A new address is shown at once; what is public no longer is null, and its link loses its target."""
    folder = write(tmp_path / "blog", FILES)
    await bring_in(own, folder, MODEL)
    keel = "---\ntype: Story\ntitle: Keel\nslug: hull\n---\nText\n"
    await bring_in(own, write(folder, {"keel.md": keel}), MODEL)
    quote = (await ask(own, SECTIONS))["story"]["sections"][0]
    assert quote["seenIn"] == {"path": "/stories/hull"}
    assert "[the keel](/stories/hull)" in quote["text"]["source"]
    await bring_in(own, write(folder, {"keel.md": keel.replace("slug", "draft: true\nslug")}), MODEL)
    quote = (await ask(own, SECTIONS))["story"]["sections"][0]
    assert quote["seenIn"] is None
    assert "see <a>the keel</a> and" in quote["text"]["html"]
    assert await differences(own, MODEL) == []


async def test_what_only_a_block_names_is_public_while_it_does(own: Database, tmp_path: Path) -> None:
    """Authors and assets without files of their own come and go with the block."""
    folder = write(tmp_path / "blog", FILES)
    await bring_in(own, folder, MODEL)
    assert "/authors/ada" in await paths(own)
    assert len(await public(own, "asset")) == 1
    await bring_in(own, write(folder, {"bow.md": "---\ntype: Story\ntitle: Bow\n---\nText\n"}), MODEL)
    assert await paths(own) == ["/stories/bow", "/stories/keel"]
    assert await public(own, "asset") == []
    assert await differences(own, MODEL) == []


@pytest.mark.parametrize(
    ("section", "code", "message", "line"),
    [
        (
            "- type: video",
            "front-matter-type",
            "\"sections.0.type\" is 'video', and this list holds Quote",
            5,
        ),
        ("- text: so", "front-matter-type", '"sections.0" does not say its type, which is one of Quote', 4),
        ("- so", "front-matter-type", '"sections.0" is not a table with a type', 4),
        (
            "- { type: quote, text: a, odd: 1 }",
            "front-matter-type",
            '"sections.0.odd" is no field of a Quo',
            5,
        ),
        (
            "- { type: quote, text: a }\n  - type: figure\n    image: pixel.png\n    price: dear",
            "front-matter-type",
            '"sections.1.price" is not such a number',
            8,
        ),
        ("- { type: figure, image: [a.png, b.png] }", "front-matter-type", '"sections.0.image" names 2', 5),
        ("- type: quote", "field-missing", '"sections.0" of this Story needs "text".', 4),
        (
            f"- {{ type: figure, image: pixel.png, caption: {'a' * 21} }}",
            "field-invalid",
            '"sections.0.caption" of this Story: String should have at most 20 characters',
            4,
        ),
        ("- { type: figure, image: none.png }", "reference-unknown", '"sections.0.image" refers to what', 4),
    ],
)
async def test_a_problem_in_a_block_names_its_path(
    own: Database, tmp_path: Path, section: str, code: str, message: str, line: int
) -> None:
    """Which block and which of its fields; the rest of the folder is imported."""
    odd = f"---\ntype: Story\ntitle: Odd\nsections:\n  {section}\n---\n"
    report = await bring_in(own, write(tmp_path / "blog", {**FILES, "odd.md": odd}), MODEL)
    (problem,) = report.problems
    assert (problem.file, problem.code, problem.place.line if problem.place else None) == (
        "odd.md",
        code,
        line,
    )
    assert problem.message.startswith(message)
    assert problem.remedy
    assert len(report.created) == 2


async def test_a_draft_may_hold_blocks_that_are_not_finished(own: Database, tmp_path: Path) -> None:
    """Its members are null in the API of drafts; the public API does not have the draft at all."""
    odd = "---\ntype: Story\ntitle: Odd\ndraft: true\nsections:\n  - type: quote\n  - type: figure\n---\n"
    report = await bring_in(own, write(tmp_path / "blog", {"odd.md": odd}), MODEL)
    assert report.problems == ()
    members = "...on Quote { text { html } } ...on Figure { caption image { id } }"
    document = f'{{ story(slug: "odd") {{ sections {{ {members} }} }} }}'
    assert await ask(own, document) == {"story": None}
    drafted = await ask(own, document, stage="draft")
    assert drafted["story"]["sections"] == [{"text": None}, {"caption": "A picture", "image": None}]
    assert await differences(own, MODEL) == []


class Grown:
    """The same publication a version later."""

    class Quote(mh.Block):
        """What somebody said, and how loud."""

        text: mh.Markdown
        by: mh.Ref[mh.Author] | None = None
        seen_in: mh.Ref["Story"] | None = None
        volume: float = 0.5
        mood: str | None = None
        tags: list[str] = ["so"]  # noqa: RUF012 - a declaration


def _grown() -> ContentModel:
    annotations = {
        **Story.__annotations__,
        "sections": list[Grown.Quote | Figure],
        "quotes": list[Grown.Quote],
    }
    body = {"__annotations__": annotations, "__module__": __name__, "slug": mh.slug("title"), "body": None}
    story = type("Story", (mh.Entry,), body, path="/stories/{slug}", order="title")
    return compile_model((story, *DEFAULT_PUBLICATION), LOCK)[0]


async def test_a_new_field_of_a_block_has_its_default_in_what_is_stored(
    own: Database, tmp_path: Path
) -> None:
    """As a new column has: the tables are as the projection would write them, without an import."""
    await bring_in(own, write(tmp_path / "blog", FILES), MODEL)
    grown = _grown()
    added = await apply_model(own, grown)
    assert added == ("Quote.volume is new", "Quote.mood is new", "Quote.tags is new")
    document = '{ story(slug: "bow") { sections { ... on Quote { volume mood tags } } } }'
    sections = (await ask(own, document, grown))["story"]["sections"]
    new = {"volume": 0.5, "mood": None, "tags": ["so"]}
    assert sections == [new, {}, new]
    assert await differences(own, grown) == []


async def test_a_stored_block_of_an_unknown_type_is_left_out(own: Database, tmp_path: Path) -> None:
    """Its type is one that the model no longer has: nobody could say what it holds."""
    await bring_in(own, write(tmp_path / "blog", FILES), MODEL)
    async with own.transaction() as transaction:
        await transaction.execute(
            """UPDATE live.story SET sections = '[{"$": "unknown1", "x": 1}]'::jsonb || sections"""
        )
    story = (await ask(own, '{ story(slug: "bow") { sections { __typename } } }'))["story"]
    assert [each["__typename"] for each in story["sections"]] == ["Quote", "Figure", "Quote"]


async def test_the_example_of_case_studies_shows_its_blocks(empty_database_url: str, tmp_path: Path) -> None:
    """The folder that we publish: quotes and comparisons, and a link between two studies."""
    loaded = load_model(EXAMPLE)
    async with open_database(empty_database_url, size=2) as database:
        await apply_model(database, loaded.model)
        report = await import_folder(database, loaded.model, EXAMPLE, data=tmp_path)
        assert report.problems == ()
        slug = "one-changelog-for-nine-products"
        members = "...on Comparison { label before after unit } ...on Quote { text { html } speaker }"
        document = f'{{ caseStudy(slug: "{slug}") {{ sections {{ {members} }} }} }}'
        found = await ask(database, document, loaded.model)
        comparison, quote = found["caseStudy"]["sections"]
        assert comparison == {
            "label": "Changelogs that are written by hand",
            "before": "9",
            "after": "1",
            "unit": None,
        }
        assert 'href="/case-studies/ten-years-of-notes-in-an-afternoon"' in quote["text"]["html"]
        assert quote["speaker"] == "The release manager"
        assert await differences(database, loaded.model) == []
