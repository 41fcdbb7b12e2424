"""How soon a subscriber hears of what has committed, and how many events a second get their positions.

`python -m bench.events [--writers N] [--rate N] [--seconds S] [--backlog N]` starts a PostgreSQL of its own
as it ships (it waits for the disk) and a relay as a process of its own, `masthead serve relay`. Three cases:
no other transaction; one open all the time that only reads, with a snapshot (as pg_dump has it); one that
has written too (as an import has it). In each, writers in a process of their own commit events at a bounded
rate, a tenth of them roll back, and this process follows: milliseconds from the commit's acknowledgement to
the follower. Beside each, in the same run, the least that there could be: a plain NOTIFY that the same
writers send after the same commits, to a plain listener. Then the writers write as fast as they can; then a
backlog is given its positions at once; and again as before, behind all those that were given while the
transaction was open. Writes bench/results/events.json.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import perf_counter, time
from typing import Any

import asyncpg

from bench.eventing.writing import Shift, write
from masthead.events import Event, EventFeed, head_position, record_events
from masthead.kernel import utc_now
from masthead.model import default_model
from masthead.store import Database, apply_model, embedded_server, open_database

RESULTS = Path(__file__).parent / "results" / "events.json"
CASES = ("alone", "long read", "long write")
PATIENCE = 120
"""Seconds after which something is broken."""


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, value in (("writers", 12), ("rate", 200), ("backlog", 100_000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    rows: list[dict[str, Any]] = []
    for case in CASES:
        with (
            tempfile.TemporaryDirectory(prefix="masthead-bench-") as name,
            embedded_server(Path(name)) as url,
        ):
            rows.append({"case": case, **asyncio.run(_run(url, case, options))})
        print(_line(rows[-1]), flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({**vars(options), "rows": rows}, indent=2) + "\n")


async def _run(url: str, case: str, options: argparse.Namespace) -> dict[str, Any]:
    async with open_database(url, size=4) as database:
        await apply_model(database, default_model())
        async with _long(url, case):
            with _relay(url):
                await _backlog(database, 100)  # the relay is there, and has its plans
                paced = await _shift(url, database, options, options.rate)
                flat_out = await _shift(url, database, options, None)
                before = await _backlog(database, options.backlog)
                behind = await _shift(url, database, options, options.rate)
    return {
        "commit to subscriber, ms": paced["event"],
        "plain NOTIFY, ms": paced["notification"],
        "ratio of p50": round(paced["event"]["p50"] / paced["notification"]["p50"], 2),
        "written flat out, events/s": flat_out["rate"],
        "left behind when the writers ended": flat_out["left"],
        "backlog sequenced, events/s": before,
        "commit to subscriber behind that backlog, ms": behind["event"],
    }


async def _shift(
    url: str, database: Database, options: argparse.Namespace, rate: int | None
) -> dict[str, Any]:
    """Let the writers write, and follow them."""
    feed = EventFeed(database)
    running = asyncio.create_task(feed.run())
    seen: dict[str, float] = {}
    heard: dict[str, float] = {}
    following = asyncio.create_task(_follow(feed, seen))
    listener = await asyncpg.connect(url)

    def hear(*said: object) -> None:
        heard.setdefault(str(said[3]), time())

    await listener.add_listener("bench", hear)
    await feed.ready()
    shift = Shift(url, options.writers, options.seconds, rate)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        committed = await asyncio.to_thread(pool.apply, write, (shift,))
    left = len(committed) - len(committed.keys() & seen.keys())
    async with asyncio.timeout(PATIENCE):
        while not committed.keys() <= seen.keys():  # noqa: ASYNC110 - another process brings them
            await asyncio.sleep(0.01)
    for task in (following, running):
        task.cancel()
    await asyncio.gather(following, running, return_exceptions=True)
    await listener.close()
    return {
        "rate": round(len(committed) / options.seconds),
        "left": left,
        "event": _shares([seen[tag] - at for tag, at in committed.items()]),
        "notification": _shares([heard[tag] - at for tag, at in committed.items() if tag in heard]),
    }


async def _follow(feed: EventFeed, seen: dict[str, float]) -> None:
    async for events in feed.follow(None):
        now = time()
        for each in events:
            seen[each.data["tag"]] = now


async def _backlog(database: Database, number: int) -> int:
    """Positions a second for what has committed at once, as an import's events do."""
    head = await head_position(database.drafts)
    events = [Event("content.entry.saved.v1", data={"tag": ""}) for _ in range(number)]
    async with database.transaction() as transaction:
        await record_events(transaction, events, utc_now())
    began = perf_counter()
    while await head_position(database.drafts) < head + number:  # noqa: ASYNC110 - another process does it
        await asyncio.sleep(0.005)
    return round(number / (perf_counter() - began))


@contextmanager
def _relay(url: str) -> Iterator[None]:
    environment = {**os.environ, "DATABASE_URL": url, "MASTHEAD_LOG_LEVEL": "warning"}
    relay = subprocess.Popen([sys.executable, "-m", "masthead.cli", "serve", "relay"], env=environment)
    try:
        yield
    finally:
        relay.terminate()
        relay.wait()


@asynccontextmanager
async def _long(url: str, case: str) -> AsyncIterator[None]:
    """A transaction that is open all the time, or none."""
    if case == "alone":
        yield
        return
    connection = await asyncpg.connect(url)
    await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    await connection.execute("SELECT count(*) FROM masthead.event")
    if case == "long write":
        await connection.execute("CREATE TABLE public.written (at timestamptz)")
    try:
        yield
    finally:
        await connection.close()


def _shares(seconds: list[float]) -> dict[str, float]:
    """Milliseconds that half, 99 in 100 and all were done in; nothing of nothing."""
    if len(seconds) < 2:
        return {}
    cuts = statistics.quantiles(seconds, n=100)
    found = {"p50": cuts[49], "p99": cuts[98], "most": max(seconds)}
    return {name: round(1000 * value, 2) for name, value in found.items()}


def _line(row: dict[str, Any]) -> str:
    event, floor = row["commit to subscriber, ms"], row["plain NOTIFY, ms"]
    behind = row["commit to subscriber behind that backlog, ms"]
    later = f"p50 {behind['p50']} p99 {behind['p99']} ms"
    return (
        f"{row['case']:>10}: p50 {event['p50']} p99 {event['p99']} ms (plain NOTIFY p50 {floor['p50']} "
        f"p99 {floor['p99']}, ratio of p50 {row['ratio of p50']}); "
        f"flat out {row['written flat out, events/s']} events/s, "
        f"{row['left behind when the writers ended']} left; "
        f"backlog {row['backlog sequenced, events/s']}/s; behind it {later}"
    )


if __name__ == "__main__":
    main()
