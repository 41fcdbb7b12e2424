"""How fast a save and a publish are, beside plain SQL that changes the same rows in one transaction.

`python -m bench.commands [--rounds N] [--count N] [--posts N] [--profile KIND]` starts a PostgreSQL of its
own as it ships (it waits for the disk), fills it with posts of 4 KB with an author and three tags, and lets
1 and 16 writers save, publish again ("publish") and publish what is not public ("first publish"), each on
posts of its own, in interleaved rounds. The other side is hand-written asyncpg: it locks the entry, inserts
the revision, updates entry, draft or live row and generation, inserts event and audit line, and commits;
HTML and words are made beforehand. Prints commands a second, how long one takes, CPU milliseconds (this
process and PostgreSQL together), and both against plain SQL; writes bench/results/commands.json. Both sides
run on the server's event loop. With `--profile save` it prints where one writer's time goes.
"""

import argparse
import asyncio
import cProfile
import json
import pstats
import statistics
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import asyncpg
import uvloop

from bench.engines.running import postgres_cpu_seconds
from bench.writing.plain import Plain
from bench.writing.posts import Post, Writer, made_posts
from masthead.content.commands import Commands
from masthead.model import default_model
from masthead.store import apply_model, embedded_server, measured, open_database

RESULTS = Path(__file__).parent / "results" / "commands.json"
WRITERS = (1, 16)
KINDS = ("save", "publish", "first publish")


@dataclass(slots=True)
class Series:
    """What one side did in all rounds: seconds of each command; rate and CPU milliseconds of each round."""

    seconds: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, value in (("rounds", 5), ("count", 320), ("posts", 320)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--profile", choices=KINDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as name, embedded_server(Path(name)) as url:
        postmaster = int((Path(name) / "postgres" / "postmaster.pid").read_text().split("\n")[0])
        rows = uvloop.run(_run(url, postmaster, options))
    if options.profile is None:
        _print(rows)
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps({**vars(options), "rows": rows}, indent=2) + "\n")


async def _run(url: str, postmaster: int, options: argparse.Namespace) -> list[dict[str, Any]]:
    model = default_model()
    async with open_database(url, size=max(WRITERS)) as database:
        await apply_model(database, model)
        commands = Commands(database, model)
        posts = await made_posts(commands, options.posts)
        plain_pool = await asyncpg.create_pool(url, min_size=max(WRITERS), max_size=max(WRITERS))
        sides: dict[str, Writer] = {
            "masthead": Writer.of_commands(commands),
            "plain SQL": await Plain.ready(plain_pool, model),
        }
        halves = {name: posts[index::2] for index, name in enumerate(sides)}
        for name, side in sides.items():  # connections, statements and caches are there
            await _round(side, "save", halves[name], 16, 2 * len(halves[name]), postmaster)
            await _round(side, "publish", halves[name], 16, len(halves[name]), postmaster)
        if options.profile is not None:
            await _profile(sides["masthead"], options.profile, halves["masthead"], options.count)
            return []
        found = await _rounds(sides, halves, options, postmaster)
        await plain_pool.close()
    return found


async def _rounds(
    sides: dict[str, Writer], halves: dict[str, list[Post]], options: argparse.Namespace, postmaster: int
) -> list[dict[str, Any]]:
    series: dict[tuple[str, int, str], Series] = {}
    for number in range(options.rounds):
        order = list(sides) if number % 2 == 0 else list(reversed(sides))
        for writers in WRITERS:
            for kind in KINDS:
                for name in order:
                    made = await _round(sides[name], kind, halves[name], writers, options.count, postmaster)
                    each = series.setdefault((kind, writers, name), Series())
                    each.seconds += made[0]
                    each.rates.append(made[1])
                    each.cpu.append(made[2])
    return [
        _row(kind, writers, name, each, series[kind, writers, "plain SQL"])
        for (kind, writers, name), each in sorted(series.items())
    ]


async def _round(
    side: Writer, kind: str, posts: Sequence[Post], writers: int, count: int, postmaster: int
) -> tuple[list[float], float, float]:
    """So many commands: seconds of each, how many a second, CPU milliseconds of one."""
    shares = [posts[index::writers] for index in range(writers)]
    each = max(1, min(count, count if kind == "save" else len(posts)) // writers)
    if kind != "save":  # what is published has been saved before
        await asyncio.gather(*(_repeat(side.save, share, each) for share in shares))
    if kind == "first publish":
        await asyncio.gather(*(_repeat(side.unpublish, share, each) for share in shares))
    before, began = process_time() + postgres_cpu_seconds(postmaster), perf_counter()
    do = {"save": side.save, "publish": side.publish, "first publish": side.publish_first}[kind]
    seconds = await asyncio.gather(*(_repeat(do, share, each) for share in shares))
    took = perf_counter() - began
    spent = process_time() + postgres_cpu_seconds(postmaster) - before
    done = each * writers
    return [value for share in seconds for value in share], done / took, spent / done * 1000


async def _repeat(do: Callable[[Post], Awaitable[None]], posts: Sequence[Post], count: int) -> list[float]:
    seconds = []
    for number in range(count):
        began = perf_counter()
        await do(posts[number % len(posts)])
        seconds.append(perf_counter() - began)
    return seconds


async def _profile(side: Writer, kind: str, posts: Sequence[Post], count: int) -> None:
    if kind != "save":
        await _repeat(side.save, posts, min(count, len(posts)))
    if kind == "first publish":
        await _repeat(side.unpublish, posts, min(count, len(posts)))
    do, count = (side.save, count) if kind == "save" else (side.publish, min(count, len(posts)) - 1)
    async with measured(has_texts=True) as spent:
        await do(posts[min(count, len(posts) - 1)])  # the last one that is prepared and left out below
    for text in spent.texts or ():
        print("--", " ".join(text.split())[:150])
    print(f"{spent.statements} statements, {spent.seconds * 1000:.1f} ms in PostgreSQL")
    profile = cProfile.Profile()
    profile.enable()
    await _repeat(do, posts, count)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(45)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(70)


def _row(kind: str, writers: int, name: str, found: Series, plain: Series) -> dict[str, Any]:
    cuts = statistics.quantiles(found.seconds, n=100)
    ratios = [one / other for one, other in zip(found.rates, plain.rates, strict=True)]
    costs = [one / other for one, other in zip(found.cpu, plain.cpu, strict=True)]
    return {
        "kind": kind,
        "writers": writers,
        "side": name,
        "rate": round(statistics.median(found.rates), 1),
        "of_plain": round(statistics.median(ratios), 2),
        "p50_ms": round(cuts[49] * 1000, 2),
        "p99_ms": round(cuts[98] * 1000, 2),
        "cpu_ms": round(statistics.median(found.cpu), 2),
        "cpu_of_plain": round(statistics.median(costs), 2),
    }


def _print(rows: Sequence[dict[str, Any]]) -> None:
    print("| | writers | commands/s | of plain SQL | p50 ms | p99 ms | CPU ms | of plain SQL |")
    print("|---|---|---|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row['kind']}, {row['side']} | {row['writers']} | {row['rate']:,.0f} | {row['of_plain']:.2f} "
            f"| {row['p50_ms']:.2f} | {row['p99_ms']:.2f} | {row['cpu_ms']:.2f} | {row['cpu_of_plain']:.2f} |"
        )


if __name__ == "__main__":
    main()
