"""PostgreSQL is stopped at once, as `pg_ctl stop -m immediate` does it and as a power cut would, while
commands run; it recovers from its log. The server is of its own and waits for the disk, as it ships."""

import os
import random
import signal
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import asyncpg
import pytest
from tests.conftest import with_database
from tests.store.content.editing.newsroom import people
from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.stream import Stream

from masthead.store import apply_model, embedded_server, open_database

STOPS = 20 if os.environ.get("MASTHEAD_TORTURE") == "1" else 1
MOST = 100
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def postmaster(folder: Path) -> int:
    """The server's process."""
    return int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])


@pytest.mark.parametrize("how", [signal.SIGQUIT, signal.SIGKILL], ids=["immediate", "killed"])
async def test_what_was_acknowledged_is_there_after_a_stop(how: signal.Signals) -> None:
    """With no setting that would make it forget; whatever was at work is done wholly, or not at all."""
    chance = random.Random(int(how))
    stream: Stream | None = None
    # Not pytest's folder: that is for its own user only, and the server may run as another one.
    folder = Path(mkdtemp(prefix="masthead-test-"))
    for number in range(STOPS + 1):
        with embedded_server(folder) as server:
            url = with_database(server, "newsroom")
            if number == 0:
                await _begin(server)
            async with open_database(url, size=4) as database:
                stream = stream or Stream(url, database, people()[:3])
                stream.url, stream.database = url, database
                await stream.check()
                if number < STOPS:
                    stream.begin(2, 10 * number)
                    await stream.hear(chance.randint(20, MOST))
                    os.kill(postmaster(folder), how)
                    stream.end()
    rmtree(folder)
    assert stream is not None
    assert stream.acknowledged > 5 * STOPS


async def _begin(url: str) -> None:
    connection = await asyncpg.connect(url)
    for name, value in DURABLE.items():
        assert await connection.fetchval(f"SHOW {name}") == value
    await connection.execute("CREATE DATABASE newsroom")
    await connection.close()
    async with open_database(with_database(url, "newsroom"), size=1) as database:
        await apply_model(database, MODEL)
