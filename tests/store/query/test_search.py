"""Full-text search: what is found, in which order, and what a snippet shows."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from tests.store.query.test_traps import rows_read

from masthead import model as mh
from masthead.graphql import Engine
from masthead.store import Database, apply_model, measured, open_database, registry


class Card(mh.Entry, path="/cards/{title}"):
    """Texts of two weights."""

    title: str
    body: mh.Markdown


class Karte(mh.Entry, path="/karten/{title}", language="german", plural="Karten"):
    """In another language."""

    title: str


MODEL = mh.compile_model([Card, Karte], mh.ContentLock())[0]
NOW = datetime(2025, 1, 1, tzinfo=UTC)
CARDS = [
    ("Foxes", "They jump over <script>alert('lazy')</script> & dogs"),
    ("Dogs", "The fox jumps"),
    ("Jumping", "nothing else"),
    ("Types", 'a List<String> is no "string"'),
    ("Marks", "a \x01forged\x02 mark, and a \x03 word"),
]


@pytest.fixture
async def cards(empty_database_url: str) -> AsyncIterator[Database]:
    """CARDS, and one in German."""
    async with open_database(empty_database_url, size=1) as opened:
        await apply_model(opened, MODEL)
        async with opened.transaction() as transaction:
            rows = [(UUID(int=number), "card", title, body) for number, (title, body) in enumerate(CARDS)]
            rows.append((UUID(int=99), "karte", "Füchse springen", ""))
            entries = [(entry, name, entry, NOW, NOW) for entry, name, _, _ in rows]
            await transaction.copy(
                registry.entry, ["id", "type", "head", "created_at", "updated_at"], entries
            )
            for entry, name, title, body in rows:
                texts = ", body, body_html, body_text, body_excerpt, body_toc, body_minutes"
                values = ", $4, '', $4, '', '[]', 1"
                await transaction.execute(
                    f"INSERT INTO live.{name} (id, path, created_at, updated_at, published_at, title"
                    f"{texts if name == 'card' else ''}) "
                    f"VALUES ($1, '/' || $3::text, $2, $2, $2, $3{values if name == 'card' else ''})",
                    *((entry, NOW, title, body) if name == "card" else (entry, NOW, title)),
                )
        await opened.open_public(size=1)
        yield opened


async def asked(database: Database, document: str, **variables: Any) -> Any:
    """The data of the answer."""
    answer = await Engine(MODEL, database.public).execute(document, variables)
    assert answer.status == 200, answer.body
    return json.loads(answer.body)["data"]


FIND = """query ($text: String, $by: [CardOrder!]) {
    cards(search: $text, orderBy: $by) { totalCount nodes { title } edges { rank snippet } }
}"""


async def titles(database: Database, text: str | None, **more: Any) -> list[str]:
    """The cards that are found, in order."""
    found = (await asked(database, FIND, text=text, **more))["cards"]
    assert found["totalCount"] == len(found["nodes"])
    return [node["title"] for node in found["nodes"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jumped", ["Jumping", "Dogs", "Foxes"]),
        ("fox jumps", ["Dogs", "Foxes"]),
        ('"fox jumps"', ["Dogs"]),
        ("fox -lazy", ["Dogs"]),
        ("jumping -fox or string", ["Types", "Jumping"]),
        ("script", ["Foxes"]),
        ("string", ["Types"]),
        ("", []),
        ("the", []),
        ("( & | ! :* <-> '\"", []),
    ],
)
async def test_what_is_found(cards: Database, text: str, found: list[str]) -> None:
    """Words in any form, best first: a title counts more than a body. No text is a mistake."""
    assert set(await titles(cards, text)) == set(found)
    if text == "jumped":
        assert await titles(cards, text) == found


async def test_no_search_finds_everything(cards: Database) -> None:
    """Null is no search: then an edge has neither rank nor snippet."""
    found = (await asked(cards, FIND))["cards"]
    assert found["totalCount"] == len(CARDS)
    assert found["edges"][0] == {"rank": None, "snippet": None}


async def test_another_order_wins(cards: Database) -> None:
    """The rank is there all the same."""
    assert await titles(cards, "jump", by=[{"title": "ASC"}]) == ["Dogs", "Foxes", "Jumping"]


@pytest.mark.parametrize(
    ("text", "snippet"),
    [
        (
            "lazy dogs",
            (
                "They jump over &lt;script&gt;alert(&#x27;<mark>lazy</mark>&#x27;)&lt;/script&gt; "
                "&amp; <mark>dogs</mark>"
            ),
        ),
        ("string", "List&lt;<mark>String</mark>&gt; is no &quot;<mark>string</mark>"),
        ("forged", "<mark>forged</mark> mark, and a  word"),
    ],
)
async def test_a_snippet_is_safe_html(cards: Database, text: str, snippet: str) -> None:
    """Escaped, with marks that no author can forge."""
    found = await asked(cards, FIND, text=text)
    assert found["cards"]["edges"][0]["snippet"] == snippet


SITE = """query ($text: String!, $types: [EntryType!], $offset: Int) {
    search(query: $text, types: $types, first: 2, offset: $offset) {
        totalCount nodes { rank snippet entry { __typename path ... on Card { title } } }
    }
}"""


async def test_the_site_is_searched_in_each_types_language(cards: Database) -> None:
    """German words are found in German cards, in one statement."""
    async with measured() as spent:
        found = (await asked(cards, SITE, text="Füchsen"))["search"]
    assert spent.statements == 1
    assert found["nodes"][0]["entry"] == {"__typename": "Karte", "path": "/Füchse springen"}
    assert found["nodes"][0]["snippet"] == "<mark>Füchse</mark> springen"


async def test_the_site_in_pages(cards: Database) -> None:
    """Best first, and the count of all."""
    pages = [(await asked(cards, SITE, text="jump", offset=offset))["search"] for offset in (0, 2)]
    found = [node["entry"]["title"] for page in pages for node in page["nodes"]]
    assert (found[0], sorted(found)) == ("Jumping", ["Dogs", "Foxes", "Jumping"])
    assert {page["totalCount"] for page in pages} == {3}
    assert (await asked(cards, SITE, text="jump", types=["KARTE"]))["search"]["totalCount"] == 0


async def test_nothing_but_a_name_needs_no_words(cards: Database) -> None:
    """A parameter that the statement does not mention is not sent."""
    document = '{ search(query: "x") { __typename } cards(search: "x") { __typename } }'
    assert await asked(cards, document) == {
        "search": {"__typename": "SearchResults"},
        "cards": {"__typename": "CardConnection"},
    }


async def test_a_search_reads_what_it_finds(library: Database) -> None:
    """The index leads to the rows: 3,000 posts are there, and one is read."""
    document = '{ posts(search: "1234", first: 5) { nodes { title } } }'
    assert (await rows_read(library, document))["post"] == 1
