"""Whether reading stays as fast when a publication grows: Q1 and Q2 over 10 thousand and 1 million posts.

`python -m bench.growth [--large N]` fills two databases of one PostgreSQL (short bodies, so that a million
fit), starts `masthead serve api` over each and measures both in turn. Prints the ratio, writes
bench/results/growth.json. Needs about 3 GB in the folder for temporary files and some minutes.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import asyncpg

from bench.engines import data
from bench.engines.asked import Q1, Q2, Operation
from bench.engines.load import load
from bench.engines.registry import masthead
from bench.engines.running import Running, postgres_cpu_seconds
from masthead.store import embedded_server

SMALL = 10_000
ROUNDS, SECONDS, SLUGS = 5, 2, 500
RESULTS = Path(__file__).parent / "results" / "growth.json"


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--large", type=int, default=1_000_000)
    sizes = [SMALL, parser.parse_args().large]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="masthead-bench-")))
        url = stack.enter_context(embedded_server(folder))
        postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split("\n")[0])
        running = {}
        for size in sizes:
            print(f"filling {size:,} posts", flush=True)
            running[size] = stack.enter_context(masthead(asyncio.run(_filled(url, size))))
        rows = {each.name: _measure(each, running, postmaster) for each in (Q1, Q2)}
    _print(rows, sizes)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n")


async def _filled(url: str, size: int) -> str:
    connection = await asyncpg.connect(url)
    await connection.execute(f"CREATE DATABASE posts_{size}")
    await connection.close()
    own = url.replace("/postgres?", f"/posts_{size}?")
    await data.fill(own, size, is_light=True)
    return own


def _measure(operation: Operation, running: dict[int, Running], postmaster: int) -> dict[str, Any]:
    found: dict[int, list[tuple[float, float]]] = {size: [] for size in running}
    for number in range(ROUNDS + 1):
        for size, server in running.items():
            before = server.cpu_seconds() + postgres_cpu_seconds(postmaster)
            step = max(1, size // SLUGS)
            bodies = [server.body(operation, f"post-{n}") for n in range(1, size, step)]
            done = load(server.port, server.path, bodies if operation.has_slug else bodies[:1], SECONDS)
            spent = server.cpu_seconds() + postgres_cpu_seconds(postmaster) - before
            if number:  # the first round warms up
                found[size].append((done.rate, spent * 1000 / done.requests))
    return {
        str(size): {
            "rate": round(statistics.median(rate for rate, _ in each)),
            "cpu_ms": round(statistics.median(cpu for _, cpu in each), 3),
        }
        for size, each in found.items()
    }


def _print(rows: dict[str, Any], sizes: list[int]) -> None:
    print(f"\n{'':4}{'posts':>12}{'requests/s':>12}{'CPU ms':>8}")
    for name, row in rows.items():
        for size in sizes:
            cell = row[str(size)]
            print(f"{name:4}{size:>12,}{cell['rate']:>12,}{cell['cpu_ms']:>8}")
        small, large = (row[str(size)] for size in sizes)
        print(f"{'':4}{'CPU grew':>12}{large['cpu_ms'] / small['cpu_ms']:>12.2f} times")


if __name__ == "__main__":
    main()
