"""The line of a request in the log."""

from collections.abc import Iterator, MutableMapping
from typing import Any

import httpx
import pytest
import structlog
from structlog.testing import capture_logs

from masthead.kernel import UnavailableError
from masthead.roles.api import access
from masthead.roles.api.access import Access
from masthead.roles.api.metrics import Metrics
from masthead.roles.api.plain import answer_plainly


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[MutableMapping[str, Any]]]:
    """What is logged, by a logger of the test's own: one that another test of this process has used goes on
    with what was configured then."""
    structlog.reset_defaults()
    monkeypatch.setattr(access, "log", structlog.get_logger("masthead.api"))
    with capture_logs() as lines:
        yield lines


async def test_what_an_error_tells_covers_nothing_of_the_request(
    lines: list[MutableMapping[str, Any]],
) -> None:
    """A site's 500 was logged as the answer's status, which is 503."""

    async def failing(scope: Any, receive: Any, send: Any) -> None:
        scope["masthead.note"].error = UnavailableError(
            "site-failed", "The site failed.", context={"status": 500, "part": "site"}
        )
        await answer_plainly(scope, receive, send, 503, "Not now.")

    transport = httpx.ASGITransport(Access(failing, Metrics()))
    async with httpx.AsyncClient(transport=transport, base_url="https://masthead.test") as client:
        await client.get("/failed")
    (line,) = lines
    assert (line["status"], line["error"], line["part"]) == (503, "site-failed", "site")
