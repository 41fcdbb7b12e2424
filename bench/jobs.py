"""Jobs: how fast ten thousand are enqueued and done, how soon one begins, what the library's trigger costs.

`python -m bench.jobs [--jobs N]` starts a PostgreSQL of its own as it ships (it waits for the disk). Beside
ours stands the queue library as it comes, with its trigger and without our statements. Prints jobs a second;
milliseconds from the commit to the handler's first line, with an empty queue and behind as many jobs that
wait for tomorrow; and transactions a second of eight who enqueue. Writes bench/results/jobs.json.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.adapters.persistence import schema_ddl
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.models import Job as StockJob
from pgqueuer.domain.schema.declaration import target
from pgqueuer.domain.settings import DBSettings
from pgqueuer.domain.types import QueueExecutionMode

from masthead.jobs import Handler, Job, JobRun, enqueue, wake_workers
from masthead.jobs.working import Worker
from masthead.kernel import utc_now
from masthead.model import default_model
from masthead.store import Database, apply_model, embedded_server, open_database, queue_settings

RESULTS = Path(__file__).parent / "results" / "jobs.json"
AT_ONCE = 20
ALONE = 200
"""Jobs that are enqueued one by one, to see how soon they begin."""


def main() -> None:
    """Work, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--jobs", type=int, default=10_000)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder,
        embedded_server(Path(folder)) as url,
    ):
        rows = asyncio.run(_measure(url, options.jobs))
    for name, value in rows.items():
        print(f"{name:66} {value:>10,.1f}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"jobs": options.jobs, "rows": rows}, indent=2) + "\n")


async def _measure(url: str, number: int) -> dict[str, float]:
    rows: dict[str, float] = {}
    async with open_database(url, size=8) as database:
        await apply_model(database, default_model())
        rows["enqueued a second, 100 a transaction"] = await _enqueue(database, number, utc_now())
        rows[f"done a second, one worker, {AT_ONCE} at once"] = await _drain(database, number)
        rows["done a second, the library as it comes"] = await _stock(url, number)
        rows["p50 ms from commit to handler"], rows["p99 ms from commit to handler"] = await _begin(database)
        await _enqueue(database, number, utc_now() + timedelta(days=1))
        later = f"behind {number:,} that wait for tomorrow"
        rows[f"p50 ms, {later}"], rows[f"p99 ms, {later}"] = await _begin(database)
        rows["statements a second of a worker that has nothing to do"] = await _idle(database)
        rows["transactions a second of 8 who enqueue"] = await _crowd(database)
        async with database.transaction() as transaction:
            for statement in _trigger():
                await transaction.execute(statement)
        rows["transactions a second of 8 who enqueue, with the library's trigger"] = await _crowd(database)
    return rows


async def _enqueue(database: Database, number: int, run_at: Any) -> float:
    began = perf_counter()
    for start in range(0, number, 100):
        async with database.transaction() as transaction:
            await enqueue(transaction, [Job("nothing", {"n": start + n}, run_at) for n in range(100)])
    return number / (perf_counter() - began)


async def _drain(database: Database, number: int) -> float:
    done, is_over = 0, asyncio.Event()

    async def nothing(_: JobRun) -> None:
        nonlocal done
        done += 1
        if done == number:
            is_over.set()

    began = perf_counter()
    await _work(database, nothing, is_over.wait)
    return number / (perf_counter() - began)


async def _work(
    database: Database, handle: Callable[[JobRun], Awaitable[None]], meanwhile: Callable[[], Awaitable[Any]]
) -> None:
    handler = Handler(handle)
    running = asyncio.create_task(Worker(database, {"nothing": handler}, at_once=AT_ONCE).run())
    await meanwhile()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def _stock(url: str, number: int) -> float:
    settings = DBSettings(db_schema="stock")
    async with asyncpg.create_pool(url, min_size=1, max_size=8) as pool:
        queries = Queries(
            AsyncpgPoolDriver(pool),
            QueryBuilderEnvironment(settings),
            QueryQueueBuilder(settings),
            QuerySchedulerBuilder(settings),
        )
        await queries.install()
        for _ in range(0, number, 100):
            await queries.enqueue(["nothing"] * 100, [b"{}"] * 100, [0] * 100)
        manager = QueueManager(queries, settings.channel)

        @manager.entrypoint("nothing")
        async def nothing(_: StockJob) -> None:
            pass

        began = perf_counter()
        await manager.run(
            batch_size=AT_ONCE // 2, max_concurrent_tasks=AT_ONCE, mode=QueueExecutionMode.drain
        )
        return number / (perf_counter() - began)


async def _begin(database: Database) -> tuple[float, float]:
    begun, took = asyncio.Event(), list[float]()

    async def note(_: JobRun) -> None:
        begun.set()

    async def one_by_one() -> None:
        for _ in range(ALONE):
            async with database.transaction() as transaction:
                await enqueue(transaction, [Job("nothing")])
            committed = perf_counter()
            await wake_workers(database)
            await begun.wait()
            took.append((perf_counter() - committed) * 1000)
            begun.clear()

    await _work(database, note, one_by_one)
    cuts = statistics.quantiles(took, n=100)
    return cuts[49], cuts[98]


async def _idle(database: Database, seconds: int = 10) -> float:
    sql = "SELECT xact_commit AS n FROM pg_stat_database WHERE datname = current_database()"

    async def nothing(_: JobRun) -> None:
        pass

    found = list[int]()

    async def wait() -> None:
        for _ in range(2):
            await asyncio.sleep(seconds)  # also what the server takes to publish its statistics
            found.append((await database.drafts.fetch(sql))[0]["n"])

    await _work(database, nothing, wait)
    return (found[1] - found[0]) / seconds


async def _crowd(database: Database, seconds: float = 5.0) -> float:
    done, end = 0, perf_counter() + seconds

    async def enqueue_one_by_one() -> None:
        nonlocal done
        while perf_counter() < end:
            async with database.transaction() as transaction:
                await enqueue(transaction, [Job("nobody")])
            done += 1

    await asyncio.gather(*(enqueue_one_by_one() for _ in range(8)))
    return done / seconds


def _trigger() -> list[str]:
    settings = queue_settings()
    schema = target(settings)
    return [
        *(schema_ddl.render_function(each, settings) for each in schema.functions),
        *(schema_ddl.render_trigger(each, settings) for each in schema.triggers),
    ]


if __name__ == "__main__":
    main()
