"""Answers of GraphQL and REST from memory, as clients see them: the same bytes, and never old ones."""

from hashlib import sha256
from typing import Any
from uuid import UUID

import httpx
import pytest
from tests.contract.http.conftest import FakeSite

from masthead.content.commands import Actor, Commands, Create, Publish, Save
from masthead.kernel.settings import Settings
from masthead.model import default_model
from masthead.query.dependencies import Dependencies, spell
from masthead.roles.api.application import Parts, open_application
from masthead.store import Database
from masthead.testing import assert_statements

LIST = {"query": "{ tags(first: 50) { totalCount nodes { name description } } }"}
EDITOR = Actor.platform("api")


class Desk:
    """Somebody who edits, in another process: through commands, whose end is an acknowledgement."""

    def __init__(self, database: Database) -> None:
        self._commands = Commands(database, default_model())
        self._heads: dict[UUID, UUID] = {}

    async def publish(self, name: str) -> UUID:
        """A tag that is public."""
        made = await self._commands.run(Create("Tag", {"name": name, "slug": name}), EDITOR)
        entry = made.entries[0]
        await self._publish(entry.entry, entry.head)
        return entry.entry

    async def describe(self, entry: UUID, text: str) -> None:
        """Say something else of it, in public."""
        done = await self._commands.run(Save(entry, self._heads[entry], {"description": text}), EDITOR)
        await self._publish(entry, done.entries[0].head)

    async def _publish(self, entry: UUID, head: UUID) -> None:
        await self._commands.run(Publish(entry, head), EDITOR)
        self._heads[entry] = head


@pytest.fixture
def desk(database: Database) -> Desk:
    """An editor's."""
    return Desk(database)


async def _asked(client: httpx.AsyncClient, question: dict[str, Any] = LIST) -> dict[str, Any]:
    found: dict[str, Any] = (await client.post("/graphql", json=question)).json()["data"]
    return found


async def test_an_operation_is_kept_from_its_second_time_on(client: httpx.AsyncClient, desk: Desk) -> None:
    """Asked once it costs nothing more; then one statement for what it depends on, and one that tells whether
    that is all; then none."""
    await desk.publish("a")
    for statements in (1, 3, 0, 0):
        async with assert_statements(statements):
            assert (await _asked(client))["tags"]["totalCount"] == 1


async def test_no_answer_is_older_than_an_acknowledged_change(client: httpx.AsyncClient, desk: Desk) -> None:
    """Whatever is changed, the very next answer has it: lists, entries, REST and GraphQL."""
    paths = "/api/tags?page[size]=50&sort=name", "/api/tags/a"
    entry = await desk.publish("a")
    for number in range(5):
        for _ in range(3):
            await _asked(client)
            assert [(await client.get(path)).status_code for path in paths] == [200, 200]
        await desk.describe(entry, f"text {number}")
        assert (await _asked(client))["tags"]["nodes"][0]["description"] == f"text {number}"
        several, one = [(await client.get(path)).json() for path in paths]
        assert several["data"][0]["description"] == one["description"] == f"text {number}"
        await desk.publish(f"b{number}")
        assert (await _asked(client))["tags"]["totalCount"] == number + 2


async def test_a_change_of_something_else_drops_nothing(client: httpx.AsyncClient, desk: Desk) -> None:
    """One tag's answer stays when another one changes."""
    await desk.publish("a")
    other = await desk.publish("b")
    question = {"query": '{ tag(slug: "a") { name } }'}
    for _ in range(2):
        await _asked(client, question)
    await desk.describe(other, "changed")
    async with assert_statements(0):
        assert await _asked(client, question) == {"tag": {"name": "a"}}


@pytest.mark.parametrize("encoding", ["", "gzip", "br", "zstd, gzip"])
async def test_a_kept_answer_is_what_it_would_be(
    client: httpx.AsyncClient, desk: Desk, encoding: str
) -> None:
    """To the byte and to the header, of each encoding; a client that has it gets 304, from either."""
    entry = await desk.publish("a")
    await desk.describe(entry, "word " * 1000)
    headers = {"accept-encoding": encoding}
    answers = [await _raw(client, "GET", "/api/tags?page[size]=50", headers) for _ in range(4)]
    assert all(each == answers[0] for each in answers)
    known = {**headers, "if-none-match": answers[0][1]["etag"]}
    revalidated = await _raw(client, "GET", "/api/tags?page[size]=50", known)
    assert (revalidated[0], revalidated[1]["etag"]) == (304, answers[0][1]["etag"])
    asked = [await _raw(client, "POST", "/graphql", headers, LIST) for _ in range(4)]
    assert all(each == asked[0] for each in asked)
    head, get = (
        await _raw(client, "HEAD", "/api/tags?page[size]=50", headers),
        await _raw(client, "GET", "/api/tags?page[size]=50", headers),
    )
    assert (head[1], head[2]) == (get[1], b"")


async def _raw(
    client: httpx.AsyncClient, method: str, path: str, headers: dict[str, str], body: Any = None
) -> tuple[int, dict[str, str], bytes]:
    async with client.stream(method, path, headers=headers, json=body) as answer:
        content = b"".join([part async for part in answer.aiter_raw()])
        told = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
        return answer.status_code, told, content


async def test_what_is_refused_is_not_kept(client: httpx.AsyncClient) -> None:
    """Each answer to a mistake is made anew."""
    for path in ("/api/nothing", "/api/tags?nope=1", "/api/tags/missing"):
        answers = [await client.get(path) for _ in range(3)]
        assert {each.status_code for each in answers} <= {400, 404}
    mistake = [await client.post("/graphql", json={"query": "{ nope }"}) for _ in range(3)]
    assert all(each.json()["errors"] for each in mistake)
    metrics = (await client.get("/metrics")).text
    assert 'masthead_answer_cache_requests_total{outcome="hit"} 0.0' in metrics


async def test_answers_do_not_mix_media_types_and_methods(client: httpx.AsyncClient, desk: Desk) -> None:
    """What a request means is more than its body."""
    await desk.publish("a")
    for _ in range(3):
        for accept in ("application/json", "application/graphql-response+json"):
            answer = await client.post("/graphql", json=LIST, headers={"accept": accept})
            assert answer.headers["content-type"] == f"{accept}; charset=utf-8"
        wrong = await client.post(
            "/graphql", content=b'{"query":"{ __typename }"}', headers={"content-type": "text/plain"}
        )
        assert wrong.status_code == 415
        assert (await client.get("/graphql", params={"query": "{ __typename }"})).status_code == 200
        assert (await client.put("/api/tags")).status_code in (404, 405)


async def test_a_lookup_that_fails_is_not_kept_and_succeeds_when_there_is_one(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    """Null is an answer that depends on what is not there yet."""
    question = {"query": '{ tag(slug: "later") { name } }'}
    for _ in range(3):
        assert await _asked(client, question) == {"tag": None}
    await desk.publish("later")
    assert await _asked(client, question) == {"tag": {"name": "later"}}


class TestPages:
    """Rendered pages, by what the site says that they depend on."""

    async def test_a_page_goes_when_what_it_depends_on_changes(
        self, client: httpx.AsyncClient, site: FakeSite, desk: Desk
    ) -> None:
        """And at no other change."""
        own, other = await desk.publish("own"), await desk.publish("other")
        depends = Dependencies(entries=frozenset([own]), types=frozenset(["Tag"]))
        site.put("/tags/own", "old", x_masthead_depends=spell(depends, 1000) or "")
        assert (await client.get("/tags/own")).text == "old"
        site.put("/tags/own", "new", x_masthead_depends=spell(depends, 1000) or "")
        await desk.describe(other, "of no interest")
        assert (await client.get("/tags/own")).text == "old"
        await desk.describe(own, "of interest")
        answer = await client.get("/tags/own")
        assert answer.text == "new"
        assert not [name for name in answer.headers if name.startswith("x-masthead")]

    async def test_a_page_that_does_not_say_goes_at_every_change(
        self, client: httpx.AsyncClient, site: FakeSite, desk: Desk
    ) -> None:
        """So does one that says nonsense."""
        for number, said in enumerate([{}, {"x_masthead_depends": "nonsense"}]):
            site.put("/", "old", 200, **said)
            await client.get("/")
            site.put("/", "new", 200, **said)
            await desk.publish(f"a{number}")
            assert (await client.get("/")).text == "new"

    async def test_an_address_that_leads_nowhere_leads_somewhere_once_there_is_an_entry(
        self, client: httpx.AsyncClient, site: FakeSite, desk: Desk
    ) -> None:
        """What is not there depends on the address."""
        nothing = spell(Dependencies(), 100) or ""
        site.put("/tags/late", "nothing", 404, x_masthead_depends=nothing)
        for _ in range(2):
            assert (await client.get("/tags/late")).status_code == 404
        site.put("/tags/late", "there", 200, x_masthead_depends=nothing)
        await desk.publish("late")
        assert (await client.get("/tags/late")).text == "there"

    async def test_the_site_is_told_what_answers_depend_on_and_nobody_else(
        self, client: httpx.AsyncClient, site: FakeSite, desk: Desk
    ) -> None:
        """Who knows the word that pages are asked with. It is never answered from memory."""
        await desk.publish("a")
        site.put("/", "home")
        await client.get("/")
        word = next(
            line[len("x-masthead-fill: ") :] for line in site.heads[0].split("\r\n") if "-fill" in line
        )
        for _ in range(3):
            assert "x-masthead-depends" not in (await client.post("/graphql", json=LIST)).headers
        for told in (word, "another"):
            async with assert_statements(2 if told == word else 1):
                answer = await client.post("/graphql", json=LIST, headers={"x-masthead-fill": told})
            assert ("x-masthead-depends" in answer.headers) == (told == word)


async def test_a_document_that_others_will_only_name_reaches_the_endpoint(client: httpx.AsyncClient) -> None:
    """Apollo's persisted queries: answered from memory it would not be remembered there."""
    document = "{ __typename }"
    hashed = {"persistedQuery": {"version": 1, "sha256Hash": sha256(document.encode()).hexdigest()}}
    for _ in range(3):
        answer = await client.post("/graphql", json={"query": document, "extensions": hashed})
        assert answer.json() == {"data": {"__typename": "Query"}}
    assert 'answer_cache_requests_total{outcome="hit"} 0.0' in (await client.get("/metrics")).text
    for _ in range(3):
        assert (await client.post("/graphql", json={"extensions": hashed})).json()["data"]
    assert 'answer_cache_requests_total{outcome="hit"} 1.0' in (await client.get("/metrics")).text


async def test_without_room_nothing_is_kept(database: Database, settings: Settings, desk: Desk) -> None:
    """One statement each time, however often."""
    await desk.publish("a")
    given = settings.model_copy(update={"answer_cache_mb": 0})
    async with open_application(Parts(database, default_model(), given)) as application:
        transport = httpx.ASGITransport(application.asgi)
        async with httpx.AsyncClient(transport=transport, base_url="http://masthead.test") as http:
            for _ in range(3):
                async with assert_statements(1):
                    await _asked(http)
