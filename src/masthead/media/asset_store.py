"""Bytes of assets in a folder, named by their SHA-256: <folder>/<first two digits>/<digest>.

A file has its name only when all its bytes are on the disk: it is written beside, flushed, and then
renamed. So a name that is there can be trusted, and what a killed process left behind is never served.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from masthead.kernel import ConflictError, Place

_PIECE = 1 << 20


class AssetStore:
    """The assets in `folder`, which is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._touched: set[Path] = set()

    def path_of(self, digest: str) -> Path:
        """Where the bytes lie, or would lie."""
        return self._folder / digest[:2] / digest

    def keep(self, source: Path, digest: str) -> bool:
        """Copy `source`, whose digest was computed before; tell whether it was new.

        Raises ConflictError when the file has changed since. `settle` makes the names durable.
        """
        target = self.path_of(digest)
        if target.exists():
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".incoming-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as copy:
                _copy(source, copy, digest)
            Path(name).chmod(0o644)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self._touched.add(target.parent)
        return True

    def settle(self) -> None:
        """Flush the folders that got new names (POSIX: a rename is durable when its folder is)."""
        for folder in sorted(self._touched | ({self._folder} if self._touched else set())):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        self._touched.clear()

    def sweep(self) -> int:
        """Remove what killed processes left half-written; return how many files."""
        leftovers = list(self._folder.glob("??/.incoming-*"))
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
        return len(leftovers)


def _copy(source: Path, copy: BinaryIO, digest: str) -> None:
    seen = hashlib.sha256()
    with source.open("rb") as stream:
        while piece := stream.read(_PIECE):
            seen.update(piece)
            copy.write(piece)
    if seen.hexdigest() != digest:
        raise ConflictError(
            "file-changed",
            "The file changed while it was imported.",
            "Import again.",
            Place(str(source)),
        )
    copy.flush()
    os.fsync(copy.fileno())
