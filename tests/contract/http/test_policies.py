"""Policies over HTTP, whole: an API process that enforces what was applied, and tokens that say who asks."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from tests.store.people.people_rows import join

import masthead as mh
from masthead.access import Policies, compile_policies
from masthead.kernel import new_id, utc_now
from masthead.kernel.settings import Settings
from masthead.model import Page, default_model
from masthead.people import Client, People
from masthead.roles.api.application import Application, Parts, open_application
from masthead.store import Database, apply_model, read_applied_policies

MODEL = default_model()
POLICIES = compile_policies(
    MODEL,
    [
        mh.policies(
            Page,
            mh.allow("read", to=mh.anyone, when=mh.this.title != "Secret"),
            mh.allow("read", to="author", when=mh.is_own),
            mh.hide("description", but="author"),
        )
    ],
)
TITLES = "{ pages { totalCount nodes { title description } } }"


@pytest.fixture
async def people(database: Database) -> AsyncIterator[People]:
    """The same people as the application's, without HTTP."""
    found = People(database, frozenset(each.name for each in MODEL))
    yield found
    found.close()


@pytest.fixture
async def application(database: Database, settings: Settings, tmp_path: Path) -> AsyncIterator[Application]:
    """Under the policies that are in the database."""
    await apply_model(database, MODEL, POLICIES.to_json())
    policies = Policies.from_json(MODEL, await read_applied_policies(database))
    async with open_application(Parts(database, MODEL, settings, policies=policies)) as opened:
        yield opened


def program(application: Application, token: str = "") -> httpx.AsyncClient:
    """A client, with a token or as nobody."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="https://masthead.test", headers=headers)


async def test_everybody_sees_what_is_theirs_to_see(
    application: Application, people: People, database: Database
) -> None:
    """The public, the owner of an entry, another author: each its own count and fields."""
    ada = await join(people, "ada@example.org", "author")
    bob = await join(people, "bob@example.org", "author")
    async with database.transaction() as transaction:
        for title, owner in (("Open", None), ("Secret", ada)):
            id_ = new_id()
            await transaction.execute(
                "INSERT INTO masthead.entry (id, type, head, published, created_at, updated_at, owner) "
                "VALUES ($1, $2, $1, $1, $3, $3, $4)",
                *(id_, MODEL["Page"].identity, utc_now(), owner),
            )
            await transaction.execute(
                "INSERT INTO live.page (id, path, created_at, updated_at, published_at, title, slug, "
                "description, body, body_html, body_text, body_excerpt, body_toc, body_minutes) "
                "VALUES ($1, '/' || lower($3::text), $2, $2, $2, $3::text, lower($3::text), "
                "'note', '', '', '', '', '[]', 1)",
                *(id_, utc_now(), title),
            )
    counts = {}
    tokens = {"nobody": ""}
    for name, account in (("ada", ada), ("bob", bob)):
        made = await people.tokens.create(account, "test", ["read"], None, Client("cli"))
        tokens[name] = made.text
    for name, token in tokens.items():
        async with program(application, token) as client:
            answer = await client.post("/graphql", json={"query": TITLES})
            rest = await client.get("/api/pages?fields[pages]=title,description")
        found = answer.json()["data"]["pages"]
        counts[name] = (found["totalCount"], [each["description"] for each in found["nodes"]])
        assert [each["title"] for each in rest.json()["data"]] == [each["title"] for each in found["nodes"]]
        kept = [each.headers.get("cache-control", "") for each in (rest, answer)]
        assert ["private" in each for each in kept] == [bool(token)] * 2
    assert counts == {"nobody": (1, [None]), "ada": (2, ["note", "note"]), "bob": (1, ["note"])}
