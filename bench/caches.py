"""Caches: kept answers and pages beside a constant of the same server, and beside the path without a cache.

`python -m bench.caches` starts `masthead up` twice on 500 generated posts, with caches and without, then
edits posts while readers read, and prints a table; bench/results/caches.json has it. The load generator
costs as much processor as the server, so all figures are those of both together.
"""

import asyncio
import json
import os
import re
import tempfile
import urllib.request
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from bench.http_load.client import Load, get, measure, post_json
from bench.read import BY_SLUG, CONNECTIONS, LIST, POSTS, SECONDS, up, write_posts
from masthead.content.commands import Actor, Commands, Publish, Save
from masthead.model import default_model
from masthead.store import Database, open_database

RESULTS = Path(__file__).parent / "results" / "caches.json"


def _ask(body: object) -> bytes:
    """GraphQL, taking encodings as every client does: so all answers are about as long on the wire."""
    return post_json("/graphql", body).replace(b"\r\n", b"\r\nAccept-Encoding: gzip, br\r\n", 1)


QUESTIONS = {
    "post by slug": _ask({"query": BY_SLUG, "variables": {"slug": "post-250"}}),
    "list of 20": _ask({"query": LIST}),
    "REST, a post": get("/api/posts/post-250"),
    "page": get("/posts/post-250"),
}
EDITS = 60


def main() -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder:
        publication = write_posts(Path(folder) / "publication")
        with up(publication) as (port, url):
            kept = {name: _beside_constant(port, asked) for name, asked in QUESTIONS.items()}
            drops = asyncio.run(_edit(port, url))
        nothing = {"MASTHEAD_ANSWER_CACHE_MB": "0", "MASTHEAD_PAGE_CACHE_MB": "0"}
        with up(publication, nothing) as (port, _):
            uncached = {name: measure(port, asked, CONNECTIONS, SECONDS) for name, asked in QUESTIONS.items()}
    rows = [_row(name, *kept[name], uncached[name]) for name in QUESTIONS]
    _print(rows, drops)
    found = {"answers": rows, "edits": drops}
    RESULTS.write_text(json.dumps(found, indent=2) + "\n")


def _beside_constant(port: int, asked: bytes) -> tuple[Load, Load]:
    """In turns, and the best of each: other programs on this machine come and go."""
    turns = [
        (
            measure(port, asked, CONNECTIONS, SECONDS / 2),
            measure(port, get("/healthz"), CONNECTIONS, SECONDS / 2),
        )
        for _ in range(3)
    ]
    kept, constant = zip(*turns, strict=True)
    return max(kept, key=_rate), max(constant, key=_rate)


def _rate(load: Load) -> float:
    return load.requests_per_second


def _row(name: str, kept: Load, constant: Load, uncached: Load) -> dict[str, Any]:
    return {
        "what": name,
        "constant": asdict(constant),
        "kept": asdict(kept),
        "uncached": asdict(uncached),
        "of_constant": round(kept.requests_per_second / constant.requests_per_second, 2),
        "times_uncached": round(kept.requests_per_second / uncached.requests_per_second, 1),
    }


async def _edit(port: int, url: str) -> dict[str, Any]:
    """Publish changes of random posts while readers ask for random posts: what is dropped, what is hit."""
    paths = [f"/api/posts/post-{number}" for number in range(POSTS)]
    paths += [f"/posts/post-{number}" for number in range(0, POSTS, 10)]
    for _ in range(2):
        for path in paths:
            await asyncio.to_thread(_read, port, path)
    before = _counts(port)
    random = Random(7)
    async with open_database(url) as database:
        commands = Commands(database, default_model())
        ids = await _posts(database)
        for number in range(EDITS):
            await _publish(database, commands, random.choice(ids), f"Edit {number}.")
            for path in random.choices(paths, k=50):
                await asyncio.to_thread(_read, port, path)
    after = _counts(port)
    spent = {name: after[name] - before[name] for name in after}
    found: dict[str, Any] = {"edits": EDITS, "kept_before": len(paths)}
    for cache in ("answer", "page"):
        dropped = sum(n for name, n in spent.items() if name.startswith(f"{cache} drops"))
        hits = spent[f"{cache} requests hit"]
        asked = sum(n for name, n in spent.items() if name.startswith(f"{cache} requests"))
        found[cache] = {"dropped_an_edit": round(dropped / EDITS, 2), "hit_share": round(hits / asked, 3)}
    return found


async def _posts(database: Database) -> list[Any]:
    async with database.transaction() as transaction:
        return [row["id"] for row in await transaction.fetch("SELECT id FROM live.post")]


async def _publish(database: Database, commands: Commands, entry: Any, text: str) -> None:
    async with database.transaction() as transaction:
        head = await transaction.fetch_value("SELECT head FROM masthead.entry WHERE id = $1", entry)
    actor = Actor.platform("api")
    saved = await commands.run(Save(entry, head, {"description": text}), actor)
    await commands.run(Publish(entry, saved.entries[0].head), actor)


def _read(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        content: bytes = answer.read()
    return content


_COUNTED = re.compile(
    r'^masthead_(answer|page)_cache_(requests|drops)_total\{\w+="(\w+)"\} ([\d.e+]+)$', re.MULTILINE
)


def _counts(port: int) -> dict[str, float]:
    text = _read(port, "/metrics").decode()
    return {f"{cache} {what} {label}": float(n) for cache, what, label, n in _COUNTED.findall(text)}


def _print(rows: list[dict[str, Any]], drops: dict[str, Any]) -> None:
    turns = f"best of three turns of {SECONDS // 2} s"
    print(f"\n{POSTS} posts, {CONNECTIONS} connections, {turns}, {os.cpu_count()} cores for all\n")
    print(f"{'':16}{'constant/s':>12}{'kept/s':>10}{'p99 ms':>9}{'share':>8}{'uncached/s':>12}{'times':>8}")
    for row in rows:
        kept, uncached = row["kept"], row["uncached"]
        print(
            f"{row['what']:16}{row['constant']['requests_per_second']:>12,}{kept['requests_per_second']:>10,}"
            f"{kept['p99_ms']:>9}{row['of_constant']:>8}"
            f"{uncached['requests_per_second']:>12,}{row['times_uncached']:>8}"
        )
    print(f"\n{drops}")


if __name__ == "__main__":
    main()
