"""A body that is held back is given up on, in the words of the API that it was sent to."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from masthead.kernel.settings import read_settings
from masthead.model import default_model
from masthead.roles.api.application import Application, Parts, open_application
from masthead.store import Database

Messages = list[dict[str, Any]]


@pytest.fixture
async def hasty(database: Database, tmp_path: Path) -> AsyncIterator[Application]:
    """An application that waits for a body as good as not at all."""
    settings = read_settings(data=tmp_path, site_directory=tmp_path, request_seconds=0.05)
    async with open_application(Parts(database, default_model(), settings)) as opened:
        yield opened


async def ask(application: Application, path: str, *chunks: bytes, is_held: bool) -> Messages:
    """The answer to a POST whose chunks come at once; whose end does not come, where it is held."""
    coming = [{"type": "http.request", "body": each, "more_body": True} for each in chunks]
    if not is_held:
        coming.append({"type": "http.request", "body": b"", "more_body": False})
    sent: Messages = []

    async def receive() -> dict[str, Any]:
        return coming.pop(0) if coming else await asyncio.Future()

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"masthead.test"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}
    await application.asgi({**scope, "client": ("192.0.2.1", 1), "scheme": "http"}, receive, send)
    return sent


@pytest.mark.parametrize(
    ("path", "chunk", "told"),
    [
        ("/graphql", b'{"query": "{ __type', b'"code":"REQUEST_TIMEOUT"'),
        ("/api/session", b'{"email": "a', b'"code":"request-timeout"'),
    ],
)
async def test_a_body_that_does_not_end_is_408(
    hasty: Application, path: str, chunk: bytes, told: bytes
) -> None:
    """With the API's own error, and the connection is closed behind it."""
    start, body = await ask(hasty, path, chunk, is_held=True)
    assert start["status"] == 408
    assert (b"connection", b"close") in start["headers"]
    assert told in body["body"]


async def test_a_body_that_never_begins_is_408(hasty: Application) -> None:
    """The same as one that stops."""
    start, _ = await ask(hasty, "/graphql", is_held=True)
    assert start["status"] == 408


async def test_a_body_in_pieces_is_read_whole(hasty: Application) -> None:
    """As long as all of them come."""
    start, body = await ask(hasty, "/graphql", b'{"query": "{ __type', b'name }"}', is_held=False)
    assert (start["status"], body["body"]) == (200, b'{"data":{"__typename":"Query"}}')
    assert (b"connection", b"close") not in start["headers"]
