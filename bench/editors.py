"""Two hundred people who edit twenty entries for a minute, on bases that are stale: through the commands, and
over HTTP as signed-in clients of the REST API.

`python -m bench.editors [--editors N] [--entries N] [--seconds N] [--think N] [--door commands|rest]` starts
a PostgreSQL of its own as it ships (it waits for the disk) and, for REST, `masthead serve api` over it; this
process is then the one client, whose editors each have a token of their own and send PATCH with If-Match.
Through each door they work twice: as people do, with `think` seconds between two saves on average, and
without a pause. Then it proves that no word of any acknowledged save was lost, by the law of
tests/store/content/editing/words.py, and that every table is what the revisions say. Prints saves a second,
how long a save takes, how many were merged and how many were told of a conflict; writes
bench/results/editors.json.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
from tests.store.content.editing.crowd import Crowd
from tests.store.content.editing.doors import ByCommand, ByRest, Door
from tests.store.content.editing.publication import MODEL, declare

from bench.engines.running import free_port, started
from masthead.store import Database, apply_model, embedded_server, open_database

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "editors.json"
CONNECTIONS = 8
PATIENCE = 60
"""Seconds after which a client takes an answer for lost."""


def main() -> None:
    """Work, prove, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, value in (("editors", 200), ("entries", 20), ("seconds", 60), ("think", 5)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--door", choices=DOORS, action="append")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder,
        embedded_server(Path(folder)) as url,
    ):
        rows = asyncio.run(_measure(url, Path(folder), options))
    _print(rows)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({**vars(options), "rows": rows}, indent=2) + "\n")


async def _measure(url: str, folder: Path, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    rows: dict[str, dict[str, float]] = {}
    async with open_database(url, size=CONNECTIONS) as database:
        await apply_model(database, MODEL)
        for name in options.door or DOORS:
            async with DOORS[name](database, url, folder, options.editors) as door:
                rows |= {f"{name}, {how}": row for how, row in await _through(door, database, options)}
    return rows


async def _through(
    door: Door, database: Database, options: argparse.Namespace
) -> list[tuple[str, dict[str, float]]]:
    rows = []
    for how, think in ((f"a save every {options.think} s", options.think), ("without a pause", 0)):
        crowd = await Crowd.at(database, options.entries, door)
        began = perf_counter()
        end = began + options.seconds
        await crowd.work(options.editors, lambda end=end: perf_counter() > end, think)  # type: ignore[misc]  # bound in each round
        took = perf_counter() - began
        await crowd.check()
        rows.append((how, _row(crowd, took)))
    return rows


@asynccontextmanager
async def _commands(database: Database, *_: Any) -> AsyncIterator[Door]:
    yield ByCommand.of(database)


@asynccontextmanager
async def _rest(database: Database, url: str, folder: Path, editors: int) -> AsyncIterator[Door]:
    port = free_port()
    environment = {
        "DATABASE_URL": url,
        "PORT": str(port),
        "MASTHEAD_PUBLICATION": str(declare(folder / "publication")),
    }
    command = [sys.executable, "-m", "masthead.cli", "serve", "api"]

    def connect() -> httpx.AsyncClient:
        # A client each: one pool looks at all of its connections with each request, which would be measured.
        return httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", verify=False, timeout=PATIENCE)

    with started(command, port, environment, cwd=ROOT):
        async with ByRest.of(database, editors, connect) as door:
            yield door


DOORS = {"commands": _commands, "rest": _rest}


def _row(crowd: Crowd, took: float) -> dict[str, Any]:
    cuts = statistics.quantiles(crowd.seconds, n=100)
    return {
        "saves": len(crowd.saved),
        "rate": round(len(crowd.seconds) / took, 1),
        "p50_ms": round(cuts[49] * 1000, 1),
        "p99_ms": round(cuts[98] * 1000, 1),
        "merged": sum(changed.is_merged for _, changed in crowd.saved),
        "needless": len(crowd.needless),
        "conflicts": len(crowd.conflicts),
        "lost": 0,  # the check before raises for the first one
    }


def _print(rows: dict[str, dict[str, Any]]) -> None:
    print("| | saves | saves/s | p50 ms | p99 ms | merged | conflicts | lost |")
    print("|---|---|---|---|---|---|---|---|")
    for name, row in rows.items():
        print(
            f"| {name} | {row['saves']:,} | {row['rate']:,.0f} | {row['p50_ms']:.1f} | {row['p99_ms']:.1f} "
            f"| {row['merged']:,} | {row['conflicts']:,} | {row['lost']} |"
        )


if __name__ == "__main__":
    main()
