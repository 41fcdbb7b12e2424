"""The explorers: GraphiQL where a browser opens /graphql, files under /explorer/, nothing from elsewhere."""

import re

import httpx
import pytest
from starlette.types import ASGIApp
from tests.store.people.people_rows import PASSWORD, join

from masthead.kernel.settings import Settings, read_settings
from masthead.model import default_model
from masthead.people import People
from masthead.roles.api.application import Application, Parts, open_application
from masthead.roles.api.explorer_page import ExplorerPage
from masthead.roles.places import find_explorer
from masthead.store import Database

SITE = "https://masthead.test"
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(autouse=True)
def built() -> None:
    """These are about what the build made."""
    if find_explorer() is None:
        pytest.fail("The explorers are not built: run `make install`.")


async def test_a_browser_gets_graphiql(client: httpx.AsyncClient) -> None:
    """HTML with a policy under which nothing is loaded from elsewhere; asked again, a 304."""
    page = await client.get("/graphql", headers=BROWSER)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
    assert page.headers["cache-control"] == "no-cache"
    known = {**BROWSER, "if-none-match": page.headers["etag"]}
    assert (await client.get("/graphql", headers=known)).status_code == 304


async def test_what_the_page_names_is_there_for_good(client: httpx.AsyncClient) -> None:
    """Its scripts and styles are named by their content, so browsers keep them."""
    page = await client.get("/graphql", headers=BROWSER)
    named = re.findall(r'(?:src|href)="(/[^"]+)"', page.text)
    assert named
    for path in named:
        assert path.startswith("/explorer/")
        file = await client.get(path)
        assert file.status_code == 200
        assert file.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_a_file_that_is_not_there_is_no_page(client: httpx.AsyncClient) -> None:
    """An old page's script is a plain 404 and never the site's."""
    missing = await client.get("/explorer/old.js")
    assert (missing.status_code, missing.headers["content-type"]) == (404, "text/plain; charset=utf-8")


async def test_programs_get_no_page(client: httpx.AsyncClient) -> None:
    """Without HTML by name, with a query, or with a POST, it is the endpoint that answers."""
    for accept in ("*/*", "application/json", "application/graphql-response+json"):
        assert (await client.get("/graphql", headers={"accept": accept})).json()["errors"]
    asked = await client.get("/graphql", params={"query": "{ __typename }"}, headers=BROWSER)
    assert asked.json() == {"data": {"__typename": "Query"}}
    posted = await client.post("/graphql", json={"query": "{ __typename }"}, headers=BROWSER)
    assert posted.json() == {"data": {"__typename": "Query"}}


async def test_editors_get_graphiql_over_drafts(application: Application, database: Database) -> None:
    """The same page under the same policy, for who is signed in; nobody else gets it, by any header. With a
    token too: whoever has one is somebody."""
    people = People(database, ("Post",))
    await join(people, "ada@example.org", "editor")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(application.asgi), base_url=SITE, headers={"origin": SITE}
    ) as client:
        nobody = await client.get("/graphql/draft", headers=BROWSER)
        assert (nobody.status_code, nobody.headers["content-type"]) == (
            401,
            "application/json; charset=utf-8",
        )
        given = {"email": "ada@example.org", "password": PASSWORD}
        assert (await client.post("/api/session", json=given)).status_code == 200
        page = await client.get("/graphql/draft", headers=BROWSER)
        public = await client.get("/graphql", headers=BROWSER)
        assert (page.status_code, page.text) == (200, public.text)
        policy = "content-security-policy"
        assert page.headers[policy] == public.headers[policy]
        assert page.headers["cache-control"] == "private, no-cache"
        asked = await client.post("/graphql/draft", json={"query": "{ previews { id } }"}, headers=BROWSER)
        assert asked.json() == {"data": {"previews": []}}
    people.close()


async def test_graphiql_can_be_off(database: Database, settings: Settings) -> None:
    """Then a browser gets what a program gets. It is off unless a setting says so."""
    assert read_settings().graphiql is False
    off = settings.model_copy(update={"graphiql": False})
    async with (
        open_application(Parts(database, default_model(), off)) as opened,
        _client(opened.asgi) as client,
    ):
        answer = await client.get("/graphql", headers=BROWSER)
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_pages_are_only_read(client: httpx.AsyncClient) -> None:
    """The page of the REST API takes GET and HEAD."""
    assert (await client.get("/api/docs")).status_code == 200
    assert (await client.head("/api/docs")).content == b""
    refused = await client.post("/api/docs")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")


async def test_a_page_that_was_not_built_says_how() -> None:
    """Nobody looks for a page that a checkout has not made yet."""
    async with _client(ExplorerPage(None)) as client:
        missing = await client.get("/")
    assert (missing.status_code, missing.text) == (404, "This page was not built: run `make install`.\n")


def _client(app: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://masthead.test")
