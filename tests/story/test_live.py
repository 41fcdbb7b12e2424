"""The protocols' own clients, graphql-sse and graphql-ws, against a running server (web/tests/clients)."""

from pathlib import Path

from tests.story.conftest import SMALL_SITE, Up
from tests.story.test_clients import outcomes_of

RULES = 16


def test_live_clients_are_served(place: Path) -> None:
    """Every rule of the suite holds, and none was left out. It writes posts, which `up` imports."""
    posts = place / "live" / "posts"
    posts.mkdir(parents=True)
    (posts / "first.md").write_text("---\ntitle: First\ndate: 2026-01-01\n---\n\nHello.\n")
    running = Up(place / "live", MASTHEAD_SITE_DIR=str(SMALL_SITE))
    try:
        running.wait_until_ready()
        outcomes = outcomes_of("live", f"{running.address}/graphql", posts)
    finally:
        running.stop()
    assert {each["rule"]: each["fault"] for each in outcomes if each["fault"] is not None} == {}
    assert len(outcomes) == RULES
