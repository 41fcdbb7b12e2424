"""The other doors: Q2 over REST, and Q2 with one field that Python computes, beside Q2 over GraphQL.

`python -m bench.doors [--posts N] [--rounds N] [--seconds N]` fills one PostgreSQL, starts one
`masthead serve api` over it and asks each door in turn, in interleaved rounds. Prints requests a second, CPU
milliseconds a request (server and PostgreSQL together) and both against Q2 over GraphQL, and writes
bench/results/doors.json. Needs wrk.
"""

import argparse
import asyncio
import json
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.engines import content, data
from bench.engines.asked import Q2
from bench.engines.load import CONNECTIONS, load
from bench.engines.running import Running, free_port, postgres_cpu_seconds, started
from masthead.model import load_model
from masthead.store import apply_model, embedded_server, open_database

RESULTS = Path(__file__).parent / "results" / "doors.json"
BASELINE = "Q2 over GraphQL"
COMPUTED = '''

@Post.field(needs=["title"])
async def title_length(posts: list[Post]) -> list[mh.Int32]:
    """As cheap as a function can be: what is measured is the way to it and back."""
    return [len(post.title) for post in posts]
'''
_REST = (
    "/api/posts?page[size]=20&include=author,tags&fields[authors]=name,slug&fields[tags]=name,slug"
    "&fields[posts]=title,slug,date,description,author,tags"
)


@dataclass(frozen=True, slots=True)
class Door:
    """A path, and what is posted there; None is a GET."""

    path: str
    body: bytes | None = None

    def answer(self, port: int) -> Any:
        """The list of posts that it gives."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{self.path}", self.body, {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as reply:
            found = json.load(reply)
        return found["data"]["posts"]["nodes"] if self.body else found["data"]

    def load(self, port: int, seconds: int) -> tuple[int, float]:
        """How many were answered in how many seconds."""
        if self.body is not None:
            posted = load(port, self.path, [self.body], seconds)
            return posted.requests, posted.seconds
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", f"http://127.0.0.1:{port}{self.path}"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = re.search(r"(\d+) requests in", printed)
        rate = re.search(r"Requests/sec: +([\d.]+)", printed)
        if found is None or rate is None or "Non-2xx" in printed or "Socket errors" in printed:
            sys.exit(printed)
        return int(found[1]), int(found[1]) / float(rate[1])


def _posted(document: str) -> Door:
    return Door("/graphql", json.dumps({"query": document, "operationName": "Q2"}).encode())


DOORS = {
    BASELINE: _posted(Q2.document),
    "with a computed field": _posted(Q2.document.replace("{ title ", "{ title titleLength ")),
    "Q2 over REST": Door(_REST),
    "REST with a computed field": Door(f"{_REST},titleLength"),
}


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, value in (("posts", 10_000), ("rounds", 5), ("seconds", 2)):
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="masthead-bench-")))
        url = stack.enter_context(embedded_server(folder))
        postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split("\n")[0])
        publication = _write_publication(folder / "publication")
        asyncio.run(_fill(url, options.posts, publication))
        port = free_port()
        environment = {
            "DATABASE_URL": url,
            "PORT": str(port),
            "MASTHEAD_PUBLICATION": str(publication),
            "MASTHEAD_ANSWER_CACHE_MB": "0",  # else the doors would hand out what is kept
        }
        command = [sys.executable, "-m", "masthead.cli", "serve", "api"]
        server = stack.enter_context(started(command, port, environment))
        _compare(port)
        rows = _measure(server, postmaster, options.rounds, options.seconds)
    _print(rows)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({**vars(options), "rows": rows}, indent=2) + "\n")


def _write_publication(folder: Path) -> Path:
    folder.mkdir()
    declared = Path(content.__file__).read_text("utf-8")
    (folder / "content.py").write_text(declared + COMPUTED, "utf-8")
    return folder


async def _fill(url: str, posts: int, publication: Path) -> None:
    await data.fill(url, posts)
    async with open_database(url, size=1) as database:
        await apply_model(database, load_model(publication).model)


def _compare(port: int) -> None:
    """All doors lead to the same posts, and what is computed is right."""
    expected = DOORS[BASELINE].answer(port)
    for name, door in DOORS.items():
        answer = door.answer(port)
        found = [{key: post[key] for key in expected[0]} for post in answer]
        is_computed = all(
            post.get("titleLength", len(post["title"])) == len(post["title"]) for post in answer
        )
        if found != expected or not is_computed:
            sys.exit(f"{name} answers otherwise: {found[:1]} instead of {expected[:1]}")


def _measure(server: Running, postmaster: int, rounds: int, seconds: int) -> dict[str, dict[str, float]]:
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in DOORS}
    for _ in range(rounds):
        for name, door in DOORS.items():
            before = server.cpu_seconds() + postgres_cpu_seconds(postmaster)
            requests, took = door.load(server.port, seconds)
            spent = server.cpu_seconds() + postgres_cpu_seconds(postmaster) - before
            found[name].append((requests / took, spent / requests * 1000))
    return {
        name: {
            "rate": round(statistics.median(rate for rate, _ in each), 1),
            "cpu_ms": round(statistics.median(cpu for _, cpu in each), 3),
            "rate_of_graphql": _ratio(each, found[BASELINE], 0),
            "cpu_of_graphql": _ratio(each, found[BASELINE], 1),
        }
        for name, each in found.items()
    }


def _ratio(found: list[tuple[float, float]], baseline: list[tuple[float, float]], index: int) -> float:
    """The median of the rounds' own ratios: what disturbs a round disturbs both."""
    return round(statistics.median(a[index] / b[index] for a, b in zip(found, baseline, strict=True)), 2)


def _print(rows: dict[str, dict[str, float]]) -> None:
    print("| | requests/s | of GraphQL | CPU ms | of GraphQL |\n|---|---|---|---|---|")
    for name, row in rows.items():
        print(
            f"| {name} | {row['rate']:,.0f} | {row['rate_of_graphql']:.2f} "
            f"| {row['cpu_ms']:.3f} | {row['cpu_of_graphql']:.2f} |"
        )


if __name__ == "__main__":
    main()
