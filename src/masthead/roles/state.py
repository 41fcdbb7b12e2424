"""What the supervisor tells the processes that it started: a small file, replaced as a whole."""

from collections.abc import Mapping
from pathlib import Path

import orjson


def write_restarts(file: Path, restarts: Mapping[str, int]) -> None:
    """Keep how often each process was started again."""
    fresh = file.with_suffix(".new")
    fresh.write_bytes(orjson.dumps(dict(restarts)))
    fresh.replace(file)


def read_restarts(file: Path) -> dict[str, float]:
    """The counts by process; none while there is no file."""
    try:
        found = orjson.loads(file.read_bytes())
    except FileNotFoundError:
        return {}
    return {str(name): float(number) for name, number in found.items()}
