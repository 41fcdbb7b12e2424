"""The protocols' own clients, graphql-sse and graphql-ws, against a running server (web/tests/clients)."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.story.conftest import SMALL_SITE, Up
from tests.story.test_clients import outcomes_of
from tests.story.test_people import owner_secret

COUNTED = 'masthead_operations_total{operation="Count",outcome="done"}'


@pytest.fixture(scope="module")
def live() -> Iterator[Up]:
    """A publication of one post. It looks often whether people are who they were, and calls every statement
    slow."""
    with tempfile.TemporaryDirectory(prefix="masthead-story-") as place:
        posts = Path(place) / "live" / "posts"
        posts.mkdir(parents=True)
        (posts / "first.md").write_text("---\ntitle: First\ndate: 2026-01-01\n---\n\nHello.\n")
        running = Up(
            posts.parent,
            MASTHEAD_SITE_DIR=str(SMALL_SITE),
            MASTHEAD_CORS_ORIGINS="https://listed.example",
            MASTHEAD_LIVE_CHECK_SECONDS="0.2",
            MASTHEAD_SLOW_OPERATION="0.000001",
        )
        try:
            yield running.wait_until_ready()
        finally:
            running.stop()


def held(outcomes: list[dict[str, str | None]]) -> int:
    """How many rules there are, all of which hold."""
    assert {each["rule"]: each["fault"] for each in outcomes if each["fault"] is not None} == {}
    return len(outcomes)


def test_live_clients_are_served(live: Up) -> None:
    """Every rule of the suite holds, and none was left out. It writes posts, which `up` imports. What it
    asked is counted by name, and logged where it was slow."""
    assert held(outcomes_of("live", f"{live.address}/graphql", live.folder / "posts")) == 16
    with live.client() as client:
        assert COUNTED in client.get("/metrics").text
    assert "@live" not in str(live.wait_for_line(event="operation.slow", operation="Count")["sql"])


def test_live_clients_are_who_they_say(live: Up) -> None:
    """Tokens and sessions over both protocols, until they end; pages of other sites."""
    secret = owner_secret(live.printed)
    assert held(outcomes_of("who", f"{live.address}/graphql", Path(secret))) == 9
