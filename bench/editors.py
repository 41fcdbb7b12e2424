"""Two hundred people who edit twenty entries for a minute, through the commands, on bases that are stale.

`python -m bench.editors [--editors N] [--entries N] [--seconds N] [--think N]` starts a PostgreSQL of its
own as it ships (it waits for the disk) and lets them work twice: as people do, with `think` seconds between
two saves on average, and without a pause. Then it proves that no word of any acknowledged save was lost, by
the law of tests/store/content/editing/words.py, and that every table is what the revisions say. Prints saves
a second, how long a save takes, how many were merged and how many were told of a conflict; writes
bench/results/editors.json.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.store.content.editing.crowd import Crowd
from tests.store.content.editing.publication import MODEL

from masthead.store import apply_model, embedded_server, open_database

RESULTS = Path(__file__).parent / "results" / "editors.json"
CONNECTIONS = 8


def main() -> None:
    """Work, prove, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, value in (("editors", 200), ("entries", 20), ("seconds", 60), ("think", 5)):
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder,
        embedded_server(Path(folder)) as url,
    ):
        rows = asyncio.run(_measure(url, options))
    _print(rows)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({**vars(options), "rows": rows}, indent=2) + "\n")


async def _measure(url: str, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    rows = {}
    async with open_database(url, size=CONNECTIONS) as database:
        await apply_model(database, MODEL)
        for name, think in ((f"a save every {options.think} s", options.think), ("without a pause", 0)):
            crowd = await Crowd.at(database, options.entries)
            began = perf_counter()
            end = began + options.seconds
            await crowd.work(options.editors, lambda end=end: perf_counter() > end, think)  # type: ignore[misc]  # bound in each round
            took = perf_counter() - began
            await crowd.check()
            rows[name] = _row(crowd, took)
    return rows


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
