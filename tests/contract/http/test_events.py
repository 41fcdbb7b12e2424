"""Events of requests: the trace that they belong to, and how they stand among the metrics."""

import httpx
from tests.contract.http.test_rest_writing import POST, editor
from tests.store.events.running import while_running

from masthead.events import Relay, head_position, run_consumer
from masthead.store import Database

__all__ = ["editor"]

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


async def test_an_event_has_the_trace_of_its_request(editor: httpx.AsyncClient, database: Database) -> None:
    """Whoever gets it goes on with the same trace; without one, or with nonsense, there is none."""
    for title, headers in (("A", {"traceparent": TRACE}), ("B", {}), ("C", {"traceparent": "00-nonsense"})):
        reply = await editor.post("/api/posts", json={**POST, "title": title}, headers=headers)
        assert reply.status_code == 201
    rows = await database.drafts.fetch("SELECT trace_parent FROM masthead.event ORDER BY sequence")
    assert [row["trace_parent"] for row in rows] == [TRACE, None, None]


async def test_events_are_counted(editor: httpx.AsyncClient, database: Database) -> None:
    """Those that wait for a relay, those that have their position, and how far each consumer is behind."""
    for title in ("A", "B"):
        assert (await editor.post("/api/posts", json={**POST, "title": title})).status_code == 201
    lines = (await editor.get("/metrics")).text.splitlines()
    assert "masthead_events_total 0.0" in lines
    assert "masthead_events_pending 2.0" in lines
    assert any(line.startswith("masthead_events_lag_seconds ") for line in lines)

    async def ignore(*_: object) -> None:
        raise OSError("nobody is there")

    async def until() -> None:
        while await head_position(database.drafts) < 2 or not await _consumers(database):
            pass

    await while_running(Relay(database).run(), run_consumer(database, "deaf", ignore), until=until)
    lines = (await editor.get("/metrics")).text.splitlines()
    assert "masthead_events_total 2.0" in lines
    assert "masthead_events_pending 0.0" in lines
    assert "masthead_events_lag_seconds 0.0" in lines
    assert 'masthead_consumer_behind{consumer="deaf"} 2.0' in lines


async def _consumers(database: Database) -> bool:
    return bool(await database.drafts.fetch("SELECT name FROM masthead.consumer"))
