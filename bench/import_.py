"""Importing: entries a second, peak memory, the unchanged second run, one changed file among all.

The baseline of the same run is rendering alone: the same texts, one after the other, in one process, with
nothing read, resolved or stored. Each import is a process of its own, so that its memory is its own.
`python -m bench.import_` measures the blogs beside the checkout where they are, else a generated one, and
writes bench/results/import.json.
"""

import asyncio
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from masthead.content import import_folder
from masthead.markdown import parse_document, render
from masthead.model import default_model
from masthead.store import apply_model, embedded_server, open_database

RESULTS = Path(__file__).parent / "results" / "import.json"
CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
SUFFIXES = (".md", ".mdx")


def main() -> None:
    """Measure, print, write; or, as a process of its own, import once and say how it went."""
    if sys.argv[1:2] == ["once"]:
        print(json.dumps(asyncio.run(_once(*sys.argv[2:5]))))
        return
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as place:
        rows = [_measure(folder, Path(place) / folder.parent.name) for folder in _folders(Path(place))]
    _print(rows)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"rows": rows}, indent=2) + "\n")


def _folders(place: Path) -> list[Path]:
    found = sorted(CORPORA.glob("*/content"))
    return found or [_generated(place / "generated" / "content")]


def _generated(folder: Path) -> Path:
    paragraph = "Words of a post, [a link](post-{0}.md), `code` and **more** of it.\n\n" * 40
    (folder / "posts").mkdir(parents=True)
    for number in range(1000):
        names = f"author: A {number % 9}\ntags: [t{number % 5}]"
        front = f"---\ntitle: Post {number}\ndate: 2024-01-05\n{names}\n---\n"
        body = paragraph.format((number + 1) % 1000)
        (folder / "posts" / f"post-{number}.md").write_text(front + body)
    return folder


def _measure(source: Path, place: Path) -> dict[str, Any]:
    folder = place / "copy"
    shutil.copytree(source, folder, dirs_exist_ok=True)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    files = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    rendering = _rendering_alone(files)
    with embedded_server(place / "server") as url:
        first = _import(folder, url, place)
        second = _import(folder, url, place)
        files[0].write_bytes(files[0].read_bytes() + b"\nOne line more.\n")
        changed = _import(folder, url, place)
    rate = first["entries"] / first["seconds"]
    return {
        "corpus": source.parent.name,
        "entries": first["entries"],
        "problems": first["problems"],
        "entries_per_second": round(rate),
        "of_rendering_alone": round(rate / (len(files) / rendering), 2),
        "peak_mb": first["peak_mb"],
        "first_seconds": round(first["seconds"], 2),
        "unchanged_seconds": round(second["seconds"], 3),
        "one_changed_seconds": round(changed["seconds"], 3),
    }


def _rendering_alone(files: list[Path]) -> float:
    bodies = [parse_document(path.read_bytes(), path.name).body for path in files]
    began = perf_counter()
    for body in bodies:
        render(body)
    return perf_counter() - began


def _import(folder: Path, url: str, place: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.import_", "once", str(folder), url, str(place / "data")]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


async def _once(folder: str, url: str, data: str) -> dict[str, Any]:
    async with open_database(url) as database:
        model = default_model()
        await apply_model(database, model)
        began = perf_counter()
        report = await import_folder(database, model, Path(folder), data=Path(data))
        seconds = perf_counter() - began
    entries = len(report.created) + len(report.changed) + len(report.unchanged)
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "entries": entries,
        "problems": len(report.problems),
        "seconds": seconds,
        "peak_mb": sum(peaks) // 1024,
    }


def _print(rows: list[dict[str, Any]]) -> None:
    for name in rows[0]:
        print(f"{name:22}", *(f"{row[name]!s:>14}" for row in rows))


if __name__ == "__main__":
    main()
