"""The worker role itself sends webhooks, where the settings let it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.store.webhooks.post import ORIGIN, happen, kill, receiver, states, until

from masthead.store import Database
from masthead.webhooks import Endpoints, Wanted, list_attempts, list_deliveries


@asynccontextmanager
async def role(url: str, **environment: str) -> AsyncIterator[None]:
    """`masthead serve worker`, while the block lasts."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "masthead.cli", "serve", "worker",
        env={**os.environ, "DATABASE_URL": url, **environment},
    )  # fmt: skip
    try:
        yield
    finally:
        await kill(process)


async def test_it_sends(database: Database, database_url: str, tmp_path: Path) -> None:
    """From an event to the receiver, with the publication's source."""
    async with receiver(tmp_path) as found, role(database_url, MASTHEAD_WEBHOOK_PRIVATE="true"):
        await Endpoints(database).create(Wanted(found.url("/well")), ORIGIN)
        (event,) = await happen(database, 1)

        async def is_done() -> bool:
            return await states(database) == {"done": 1}

        await until(is_done)
        (request,) = found.received("/well")
    assert request.event == event
    assert request.headers["host"] == f"127.0.0.1:{found.port}"


async def test_it_sends_nothing_to_private_addresses(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """Unless the setting allows it: the attempt is in the log, and the receiver hears nothing."""
    async with receiver(tmp_path) as found, role(database_url):
        await Endpoints(database).create(Wanted(found.url("/well")), ORIGIN)
        await happen(database, 1)

        async def is_tried() -> bool:
            return any(each.attempts for each in await list_deliveries(database.drafts))

        await until(is_tried)
        assert found.received("/well") == []
    (delivery,) = await list_deliveries(database.drafts)
    (first, *_) = await list_attempts(database.drafts, delivery.id)
    assert first.error == "RefusedAddressError: 127.0.0.1 leads to 127.0.0.1, which is not public."
