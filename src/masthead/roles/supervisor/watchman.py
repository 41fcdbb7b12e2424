"""The watchman: a small process that waits for the supervisor's end, to stop what it may leave behind.

It reads lines from a pipe that only the supervisor holds. A farewell ends it; the pipe's end without one
means that the supervisor was killed. Unlike the parent-death signal this works on every Unix, for Node,
and for PostgreSQL, which detaches itself and runs as another user when we are root.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

GRACE = 4.0
"""Seconds from the request to stop until a process is killed."""

STOP_SERVER = """
import sys, pathlib, masthead.store
masthead.store.stop_abandoned_server(pathlib.Path(sys.argv[1]))
"""
"""Run by a fresh Python, which knows where packages are."""


def main(lines: TextIO) -> None:
    """Watch until farewell or the end of `lines`."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    server: Path | None = None
    for line in lines:
        verb, _, value = line.rstrip("\n").partition(" ")
        match verb:
            case "watch":
                groups.add(int(value))
            case "forget":
                groups.discard(int(value))
            case "server":
                server = Path(value)
            case _:
                return
    stop_groups(groups)
    if server is not None:
        os.execv(sys.executable, [sys.executable, "-c", STOP_SERVER, str(server)])  # noqa: S606 - ourselves


def stop_groups(groups: Iterable[int]) -> None:
    """Ask these process groups to end, wait, and kill what is left."""
    left = {group for group in groups if _signal(group, signal.SIGTERM)}
    end = time.monotonic() + GRACE
    while left and time.monotonic() < end:
        time.sleep(0.02)
        left = {group for group in left if _signal(group, 0)}
    for group in left:
        _signal(group, signal.SIGKILL)


def _signal(group: int, number: int) -> bool:
    """Whether there is such a group."""
    with suppress(ProcessLookupError):
        os.killpg(group, number)
        return True
    return False


if __name__ == "__main__":
    main(sys.stdin)
