"""The files of a folder that become assets: looked into once, kept under their digest."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from masthead.content.known import DerivedEntry
from masthead.content.report import Problem
from masthead.content.slugs import addressable
from masthead.kernel import InputError, Place
from masthead.media import AssetStore, digest_of_file, probe

LARGEST = 2**31 - 1
"""Bytes: what the field `size` of an Asset can hold."""

_TOGETHER = 16
"""Files that are copied at a time."""

Fields = Mapping[str, str | int | None]


@dataclass(slots=True)
class AssetCatalog:
    """The assets of one import. `known` are those of earlier ones: they are not looked into again."""

    files: Mapping[str, Path]
    known: Mapping[tuple[str, str], DerivedEntry]
    problems: list[Problem] = field(default_factory=list)
    _seen: dict[str, Fields | None] = field(default_factory=dict)

    def fields(self, path: str) -> Fields | None:
        """The values of the asset that the file at `path` is; None, with a problem, if it cannot be one."""
        if path not in self._seen:
            try:
                self._seen[path] = self._look(path)
            except InputError as error:
                self.problems.append(Problem.of(error, path))
                self._seen[path] = None
            except OSError as error:
                message = f"It cannot be read: {error.strerror}."
                remedy = "Give this user the right to read it."
                self.problems.append(Problem("asset-unreadable", message, remedy, Place(path)))
                self._seen[path] = None
        return self._seen[path]

    def key(self, path: str) -> tuple[str, str] | None:
        """(digest, file name) of the asset that the file is; None if it cannot be one."""
        found = self.fields(path)
        return None if found is None else (str(found["digest"]), str(found["filename"]))

    def keep(self, store: AssetStore, advance: Callable[[int], None]) -> int:
        """Copy the bytes of all assets that were looked at into the store; return how many were new."""
        wanted = [(path, str(fields["digest"])) for path, fields in self._seen.items() if fields is not None]

        def keep(item: tuple[str, str]) -> bool:
            return store.keep(self.files[item[0]], item[1])

        kept = 0
        # Each file waits for the disk; together they wait once: a file system flushes them as one.
        with ThreadPoolExecutor(_TOGETHER) as threads:
            for number, is_new in enumerate(threads.map(keep, wanted), start=1):
                kept += is_new
                advance(number)
        store.settle()
        return kept

    @property
    def count(self) -> int:
        """How many files were looked at."""
        return len(self._seen)

    def _look(self, path: str) -> Fields:
        file = self.files[path]
        name = addressable(PurePosixPath(path).name) or "file"
        size = file.stat().st_size
        if size > LARGEST:
            raise InputError(
                "asset-too-large", f"It has {size:,} bytes; {LARGEST:,} is the most.", "Host it elsewhere."
            )
        digest = digest_of_file(file)
        if (known := self.known.get((digest, name))) is not None:
            return known.fields
        found = probe(file, name)
        return {
            "filename": name,
            "media_type": found.media_type,
            "size": size,
            "digest": digest,
            "width": found.width,
            "height": found.height,
        }
