"""Four GraphQL operations: Masthead beside hand-written SQL, thirty bare lines, and its peers.

`python -m bench.operations [ENGINE …]` starts one PostgreSQL, fills it, compares every engine's answers
with the hand-written SQL's, counts the SQL statements of each, then measures in interleaved rounds: requests
a second and CPU milliseconds a request (server and PostgreSQL together). Prints a table, the aims against the
peers that have one, and writes bench/results/operations.json.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg

from bench.engines import aims, data, statements
from bench.engines.asked import OPERATIONS, Operation
from bench.engines.load import Load, load, pgbench, pgbench_binary
from bench.engines.registry import ENGINES, installed
from bench.engines.running import Running, postgres_cpu_seconds
from masthead.store import embedded_server

RESULTS = Path(__file__).parent / "results" / "operations.json"
SLUGS = 500
"""Different posts that Q1 asks for in turn."""

LIMIT = "pgbench"


def main() -> None:
    """Measure, print, write."""
    options = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="masthead-bench-")))
        with embedded_server(folder) as url:
            asyncio.run(data.allow_connections(url))
        url = stack.enter_context(embedded_server(folder))  # started again, for that takes a start
        postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split("\n")[0])
        asyncio.run(data.fill(url, options.posts))
        running = {name: stack.enter_context(ENGINES[name](url)) for name in options.engines}
        expected = asyncio.run(_expected(url))
        for name, each in running.items():
            _compare(name, each, expected)
        counted = _statements(url, folder / "postgres" / "log", running)
        bench = _Bench(url, postmaster, running, options.posts, options.seconds)
        cells = bench.rounds(options.rounds)
        memory = {name: round(each.memory(), 1) for name, each in running.items()}
    result = _summary(cells, memory, vars(options), counted)
    _print(result)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("engines", nargs="*", help=f"some of {', '.join(ENGINES)}; by default all")
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    options = parser.parse_args()
    options.engines = options.engines or installed()
    if unknown := set(options.engines) - set(ENGINES):
        parser.error(f"no engine is called {', '.join(sorted(unknown))}")
    return options


async def _expected(url: str) -> dict[str, Any]:
    connection = await asyncpg.connect(url, server_settings={"timezone": "UTC"})
    try:
        return {
            each.name: json.loads(
                await connection.fetchval(each.sql, *(["post-77"] if each.has_slug else []))
            )
            for each in OPERATIONS
        }
    finally:
        await connection.close()


def _compare(name: str, running: Running, expected: dict[str, Any]) -> None:
    for operation in OPERATIONS:
        if running.ask(operation, "post-77") != expected[operation.name]:
            sys.exit(f"{name} answers {operation.name} differently: no figure would mean anything.")


def _statements(url: str, log: Path, running: dict[str, Running]) -> dict[tuple[str, str], int]:
    """SQL statements an operation: the fewest of two answers, for servers also work beside them."""
    with statements.logged(url):
        return {
            (name, each.name): min(statements.count(log, partial(one.ask, each, "post-77")) for _ in range(2))
            for name, one in running.items()
            for each in OPERATIONS
        }


class _Bench:
    """Rounds over every engine and operation; what each spent."""

    def __init__(
        self, url: str, postmaster: int, running: dict[str, Running], posts: int, seconds: int
    ) -> None:
        self._url, self._postmaster, self._running = url, postmaster, running
        self._posts, self._seconds = posts, seconds
        self._pgbench = pgbench_binary()

    def rounds(self, count: int) -> dict[tuple[str, str], list[tuple[Load, float]]]:
        """For each engine and operation: the load and the CPU milliseconds a request, a round each. The
        first round warms up and does not count."""
        cells: dict[tuple[str, str], list[tuple[Load, float]]] = {}
        for number in range(count + 1):
            for operation in OPERATIONS:
                for name in (LIMIT, *self._running):
                    measured = self._measure(name, operation)
                    if number:
                        cells.setdefault((name, operation.name), []).append(measured)
        return cells

    def _measure(self, name: str, operation: Operation) -> tuple[Load, float]:
        before = self._spent(name)
        if name == LIMIT:
            done = pgbench(self._url, operation, self._posts, self._seconds, self._pgbench)
        else:
            running = self._running[name]
            bodies = [running.body(operation, slug) for slug in self._slugs(operation)]
            done = load(running.port, running.path, bodies, self._seconds)
        return done, (self._spent(name) - before) * 1000 / done.requests

    def _slugs(self, operation: Operation) -> Sequence[str]:
        step = max(1, self._posts // SLUGS)
        return [f"post-{n}" for n in range(1, self._posts, step)] if operation.has_slug else [""]

    def _spent(self, name: str) -> float:
        own = 0.0 if name == LIMIT else self._running[name].cpu_seconds()
        return own + postgres_cpu_seconds(self._postmaster)


def _summary(
    cells: dict[tuple[str, str], list[tuple[Load, float]]],
    memory: dict[str, float],
    options: dict[str, Any],
    counted: dict[tuple[str, str], int],
) -> dict[str, Any]:
    names = list(dict.fromkeys(name for name, _ in cells))
    rows = {
        name: {
            operation.name: {
                "rate": round(statistics.median(one.rate for one, _ in cells[name, operation.name])),
                "cpu_ms": round(statistics.median(cpu for _, cpu in cells[name, operation.name]), 3),
                "statements": counted.get((name, operation.name), 1),
            }
            for operation in OPERATIONS
        }
        for name in names
    }
    return {"options": options, "cores": os.cpu_count(), "rows": rows, "memory_mb": memory}


def _print(result: dict[str, Any]) -> None:
    rows, options = result["rows"], result["options"]
    rounds = f"{options['rounds']} rounds of {options['seconds']} s each"
    print(f"\n{options['posts']:,} posts, medians of {rounds}, ", end="")
    print(f"{result['cores']} cores for all")
    print("requests a second, CPU ms a request of server and PostgreSQL, SQL statements, times\n")
    print(f"{'':14}" + "".join(f"{each.name:>29}" for each in OPERATIONS) + f"{'memory MB':>12}")
    own = rows.get("masthead", rows[LIMIT])
    for name, row in rows.items():
        cells = []
        for each in OPERATIONS:
            cell = row[each.name]
            cells.append(
                f"{cell['rate']:>10,} {cell['cpu_ms']:>7} {cell['statements']:>3} "
                f"{own[each.name]['rate'] / cell['rate']:>6.2f}"
            )
        print(f"{name:14}" + "".join(cells) + f"{result['memory_mb'].get(name, ''):>12}")
    print("\n(the last figure of each cell, times: Masthead's rate divided by this row's)")
    print("\n".join(aims.lines(rows)))


if __name__ == "__main__":
    main()
