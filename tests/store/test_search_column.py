"""The words of an entry: made by PostgreSQL in both stages, whatever the text."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from masthead import model as mh
from masthead.store import STAGES, Database, Stage, Transaction, apply_model, registry

NOW = datetime(2025, 1, 1, tzinfo=UTC)
HUGE = 250_000


class Card(mh.Entry):
    """Three texts that nobody limits."""

    title: str
    lead: str | None = None
    body: mh.Markdown


MODEL = mh.compile_model([Card], mh.ContentLock())[0]


def repeated(word: Callable[[int], str]) -> str:
    """HUGE characters of words, most of them different."""
    found: list[str] = []
    size = 0
    while size < HUGE:
        found.append(word(len(found)))
        size += len(found[-1])
    return "".join(found)


def wide(number: int) -> str:
    """A letter of four bytes."""
    return chr(0x20000 + number % 40_000)


WORST = {
    "short words of wide letters": repeated(lambda n: wide(n) + " "),
    "pairs of wide letters": repeated(lambda n: f"{wide(n)}-{wide(n * 7 + 1)} "),
    "one word": "a" * HUGE,
    "one word of wide letters": repeated(wide),
    "words longer than 2 KB": repeated(lambda n: "".join(wide(n + each) for each in range(900)) + " "),
    "underscores, which PostgreSQL's parser is slow with": repeated(lambda n: f"{n:x}_"),
    "hyphens, with which it is slow too": "a-1-" * (HUGE // 4),
    "addresses": repeated(lambda n: f"http://{n:x}.com/{n * 31:x} "),
    "letters that grow when they are made small": "Ⱥ İ " * (HUGE // 4),
    "markup that never ends": "<a " * (HUGE // 3),
    "one word again and again": "word " * (HUGE // 5),
}


@pytest.fixture
async def cards(empty_database_url: str) -> Any:
    """A database of the model."""
    from masthead.store import open_database

    async with open_database(empty_database_url, size=1) as opened:
        await apply_model(opened, MODEL)
        yield opened


async def insert(transaction: Transaction, stage: Stage, number: int, *texts: str | None) -> None:
    """One card of a title, a lead and a body."""
    row = (UUID(int=number), MODEL["Card"].identity, UUID(int=number), NOW, NOW)
    await transaction.copy(registry.entry, ["id", "type", "head", "created_at", "updated_at"], [row])
    await transaction.execute(
        f"INSERT INTO {stage}.card (id, created_at, updated_at, published_at, title, lead, body, body_html, "
        "body_text, body_excerpt, body_toc, body_minutes) "
        "VALUES ($1, $2, $2, $2, $3, $4, '', '', $5, '', '[]', 1)",
        UUID(int=number),
        NOW,
        *texts,
    )


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
async def test_no_text_makes_an_insert_fail_or_stall(cards: Database, text: str) -> None:
    """In all three fields at once. A tsvector holds 1 MB, and 100,000 characters of one word take the parser
    26 s: so texts are cut, and words too."""
    async with cards.transaction() as transaction:
        for number, stage in enumerate(STAGES):
            await insert(transaction, stage, number, text, text, text)
            longest = await transaction.fetch_value(
                f"SELECT max(length(word.lexeme)) FROM {stage}.card, unnest(_search) word"
            )
            assert (longest or 0) <= 255 + 1  # a letter may become two when it is made small


@pytest.mark.parametrize("stage", STAGES)
async def test_words_are_there_without_anyone_writing_them(cards: Database, stage: Stage) -> None:
    """With the weight of their field; what stands in angle brackets is words too."""
    async with cards.transaction() as transaction:
        await insert(transaction, stage, 1, "Jumping", None, "lazy List<Dogs>")
        words = await transaction.fetch_value(f"SELECT _search::text FROM {stage}.card")
        assert words == "'dog':4C 'jump':1A 'lazi':2C 'list':3C"
        await transaction.execute(f"UPDATE {stage}.card SET title = 'Sleeping'")
        words = await transaction.fetch_value(f"SELECT _search::text FROM {stage}.card")
        assert words.startswith("'dog':4C 'lazi':2C 'list':3C 'sleep':1A")


async def test_a_draft_takes_the_words_it_is_given(cards: Database) -> None:
    """Those of its publication, so that they are made once."""
    async with cards.transaction() as transaction:
        await insert(transaction, "live", 1, "Jumping", None, "")
        await transaction.execute("UPDATE masthead.entry SET head = id")
        await transaction.execute(
            "INSERT INTO draft.card (id, created_at, updated_at, title, _search) "
            "SELECT id, created_at, updated_at, 'another', _search FROM live.card"
        )
        assert await transaction.fetch_value("SELECT _search::text FROM draft.card") == "'jump':1A"


def changed(language: str = "english", **weights: Any) -> mh.ContentModel:
    """The model, searched in another way."""
    fields = tuple(
        dataclasses.replace(field, search=weights.get(field.name, field.search))
        for field in MODEL["Card"].fields
    )
    card = dataclasses.replace(MODEL["Card"], fields=fields, language=language)
    return mh.ContentModel((card, *MODEL.types[1:]))


NOTHING = {"title": None, "lead": None, "body": None}


async def test_another_way_of_searching_is_applied_to_rows_that_exist(cards: Database) -> None:
    """Other weights, another language, nothing at all, and back."""
    async with cards.transaction() as transaction:
        await insert(transaction, "live", 1, "Jumping", "the lead", "body")
        await insert(transaction, "draft", 2, "Jumping", "the lead", "body")
    expected = [
        (changed(title="D", body=None), "'jump':1 'lead':3B"),
        (changed("simple", lead=None), "'body':2C 'jumping':1A"),
        (changed(**NOTHING), None),
        (MODEL, "'bodi':4C 'jump':1A 'lead':3B"),
    ]
    for model, words in expected:
        await apply_model(cards, model)
        for stage in STAGES:
            async with cards.transaction() as transaction:
                found = await transaction.fetch_value(f"SELECT to_jsonb(c)->>'_search' FROM {stage}.card c")
                assert found == words
                indexes = await transaction.fetch_value(
                    "SELECT count(*) FROM pg_indexes WHERE schemaname = $1 AND indexname = '_card_search'",
                    stage,
                )
                assert indexes == (words is not None)
    async with cards.transaction() as transaction:
        await insert(transaction, "draft", 3, "Later", None, "")
