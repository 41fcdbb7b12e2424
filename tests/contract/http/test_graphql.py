"""/graphql of a whole API process: what stands around the endpoint."""

import re
from pathlib import Path

import httpx
import pytest

from masthead.kernel import InputError
from masthead.kernel.settings import Settings
from masthead.model import default_model
from masthead.roles.api.application import Parts, open_application
from masthead.store import Database
from masthead.testing import assert_statements

POSTS = {"query": "{ posts { nodes { title tags { name } } totalCount } }"}


async def timed(database: Database, settings: Settings, times: int) -> list[str]:
    """Server-Timing of as many replies."""
    given = settings.model_copy(update={"server_timing": True})
    async with open_application(Parts(database, default_model(), given)) as application:
        transport = httpx.ASGITransport(application.asgi)
        async with httpx.AsyncClient(transport=transport, base_url="http://masthead.test") as http:
            return [(await http.post("/graphql", json=POSTS)).headers["server-timing"] for _ in range(times)]


async def test_an_operation_is_one_statement_of_the_process(client: httpx.AsyncClient) -> None:
    """Seen from outside, as users' tests see it."""
    async with assert_statements(1):
        response = await client.post("/graphql", json=POSTS)
    assert response.json() == {"data": {"posts": {"nodes": [], "totalCount": 0}}}


async def test_server_timing_tells_statements_plan_and_memory(database: Database, settings: Settings) -> None:
    """First planned; then found, with what it depends on and whether all changes are known; then from
    memory, without a plan. The seconds are milliseconds here."""
    shape = r'total;dur=\d+\.\d\d, sql;dur=\d+\.\d\d;desc="(\d statements?)"((?:, \w+;desc="\w+")*)'
    found = [re.fullmatch(shape, each) for each in await timed(database, settings, 3)]
    assert [each and each.groups() for each in found] == [
        ("1 statement", ', plan;desc="miss"'),
        ("3 statements", ', plan;desc="hit", cache;desc="miss"'),
        ("0 statements", ', cache;desc="hit"'),
    ]


async def test_production_tells_no_times(client: httpx.AsyncClient) -> None:
    """MASTHEAD_SERVER_TIMING is off unless somebody turns it on."""
    response = await client.post("/graphql", json=POSTS)
    assert "server-timing" not in response.headers


@pytest.mark.parametrize(
    "path", ["/graphiql", "/playground", "/console", "/v1/graphql", "/api/graphql", "/graphql/", "/graphql/x"]
)
async def test_graphql_answers_at_its_address_only(client: httpx.AsyncClient, path: str) -> None:
    """Damn Vulnerable GraphQL Application, "Discovering GraphQL": the usual addresses lead nowhere."""
    response = await client.post(path, json={"query": "{ __typename }"})
    assert response.status_code in (404, 405)
    assert "Query" not in response.text


async def test_replies_are_encoded(client: httpx.AsyncClient) -> None:
    """From a kilobyte on."""
    names = " ".join(f"a_name_of_twenty_letters_{number}: __typename" for number in range(50))
    asked = {"query": f"{{ posts {{ {names} }} }}"}
    large = await client.post("/graphql", json=asked, headers={"accept-encoding": "gzip"})
    assert large.headers["content-encoding"] == "gzip"
    assert len(large.json()["data"]["posts"]) == 50
    small = await client.post("/graphql", json=POSTS, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in small.headers


async def test_a_broken_trusted_operation_ends_the_start(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    """One error that names file and place, before the port answers."""
    (tmp_path / "broken.graphql").write_text("query A {\n  nope\n}")
    given = settings.model_copy(update={"graphql_operations": tmp_path / "broken.graphql"})
    with pytest.raises(InputError, match=r"broken\.graphql:2:3: Cannot query field 'nope'"):
        async with open_application(Parts(database, default_model(), given)):
            pass


async def test_only_trusted_operations_need_some(database: Database, settings: Settings) -> None:
    """Or the server would answer nobody."""
    given = settings.model_copy(update={"graphql_trusted": "only"})
    with pytest.raises(InputError, match="MASTHEAD_GRAPHQL_OPERATIONS"):
        async with open_application(Parts(database, default_model(), given)):
            pass
