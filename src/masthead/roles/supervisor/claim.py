"""One `masthead up` a data folder: the second is told who the first is."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from masthead.kernel import ConflictError


@contextmanager
def claim_folder(data: Path, address: str) -> Iterator[None]:
    """Hold `data` while the block runs. Raises ConflictError when somebody else holds it.

    The lock is the kernel's: it is free again however its holder ended.
    """
    data.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(data / "up.lock"), data / "up.holder"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise ConflictError(
            "already-up",
            f"Another `masthead up` uses {data}: {_read(holder)}.",
            "Stop it, or choose another folder with `--data`.",
        ) from error
    try:
        holder.write_text(f"process {os.getpid()}, {address}")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def address_of_up(data: Path) -> str | None:
    """Where a `masthead up` that holds `data` answers; None where none does."""
    try:
        return (data / "up.holder").read_text().rpartition(" ")[2] or None
    except OSError:
        return None


def _read(holder: Path) -> str:
    try:
        return holder.read_text() or "just starting"
    except OSError:
        return "just starting"
