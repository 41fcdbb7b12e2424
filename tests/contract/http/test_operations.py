"""What operators ask: alive, ready, measured; and what /graphql takes."""

import re
from pathlib import Path

import httpx
import pytest
from tests.contract.http.conftest import FakeSite, change_and_hear

from masthead.roles.api.application import Application
from masthead.store import Database

METRICS_PAGE = Path(__file__).parents[3] / "docs" / "reference" / "metrics.md"


async def test_alive_asks_nobody(client: httpx.AsyncClient, site: FakeSite) -> None:
    """/healthz is about this process."""
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert site.asked == []


async def test_ready_names_every_part(client: httpx.AsyncClient, site: FakeSite) -> None:
    """200 when all answer."""
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "parts": {"database": "ok", "model": "ok", "site": "ok"}},
    )


async def test_not_ready_says_which_part(client: httpx.AsyncClient, site: FakeSite) -> None:
    """503 when the site is silent."""
    site.may_answer.clear()
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": "ok", "model": "ok", "site": "does not answer"}


async def test_requests_are_counted_by_class_and_status(client: httpx.AsyncClient, site: FakeSite) -> None:
    """Never by path: labels are few whatever is asked."""
    site.put("/", "home")
    for path in ("/", "/", "/made-up", "/assets/a/b"):
        await client.get(path)
    text = (await client.get("/metrics")).text
    assert 'masthead_requests_total{route="page",status="200"} 2.0' in text
    assert 'masthead_requests_total{route="page",status="404"} 1.0' in text
    assert 'masthead_page_cache_requests_total{outcome="hit"} 1.0' in text
    assert 'masthead_process_restarts_total{process="site"} 2.0' in text
    assert 'masthead_sql_statements_total{route="asset"} 1.0' in text
    assert "made-up" not in text


async def test_every_metric_is_documented(client: httpx.AsyncClient) -> None:
    """docs/reference/metrics.md has a line for each."""
    text = (await client.get("/metrics")).text
    names = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
    documented = set(re.findall(r"`(masthead_\w+)`", METRICS_PAGE.read_text("utf-8")))
    assert names == documented


async def test_a_body_has_a_bound(client: httpx.AsyncClient) -> None:
    """MASTHEAD_REQUEST_KB, said or not said in the head."""
    answer = await client.post("/graphql", json={"query": "{ site { title } } #" + "x" * 5000})
    assert answer.status_code == 413


async def test_changes_are_streamed_only_in_development(client: httpx.AsyncClient) -> None:
    """Without MASTHEAD_LIVE_RELOAD the address is a page that is not there."""
    assert (await client.get("/-/changes")).status_code == 404


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST"])
async def test_changes_are_only_listened_to(application: Application, method: str) -> None:
    """Whatever does not ask for the stream is not given one that never ends. Found by tests/story."""
    transport = httpx.ASGITransport(application.changes)
    async with httpx.AsyncClient(transport=transport, base_url="http://masthead.test") as client:
        answer = await client.request(method, "/-/changes")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


async def test_a_change_is_counted(
    client: httpx.AsyncClient, database: Database, application: Application
) -> None:
    """The generation is that of the database."""
    await change_and_hear(database, application)
    assert "masthead_generation 1.0" in (await client.get("/metrics")).text
