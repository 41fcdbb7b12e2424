"""Where a local URL leads: to an entry's file, to another file of the folder, or nowhere.

Pure: built from what all files claim. Every spelling that real blogs use is tried, the likeliest
first; what leads nowhere stays as it was written, and `masthead check` reports it.
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from masthead.content.facts import Facts
from masthead.content.slugs import read_position

_SUFFIXES = (".md", ".mdx", ".markdown")


@dataclass(frozen=True, slots=True)
class Goal:
    """What a URL leads to: the path of an entry's file or of any other file."""

    kind: Literal["entry", "file"]
    path: str
    fragment: str = ""


class Resolver:
    """Resolves the URLs of one folder."""

    def __init__(self, entries: Mapping[str, Facts], files: Iterable[str], static: tuple[str, ...]) -> None:
        self._entries = entries
        self._files = frozenset(files)
        self._static = static
        self._keys: dict[str, str] = {}
        for level in range(3):
            for path, facts in sorted(entries.items()):
                for key in facts.keys[level]:
                    self._keys.setdefault(key, path)

    def resolve(self, url: str, origin: str) -> Goal | None:
        """Where `url`, written in the file `origin`, leads."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        path = unquote(parts.path)
        if not path or path == "/" or "\0" in path:
            return None
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        for goal in self._candidates(path, origin):
            if goal is not None:
                return Goal(goal.kind, goal.path, fragment)
        return None

    def _candidates(self, path: str, origin: str) -> Iterator[Goal | None]:
        if path.startswith("@/"):  # Zola: from the content folder's root
            yield self._file(path[2:])
            return
        if path.startswith("/"):
            yield self._absolute(path)
            mount, _, rest = path[1:].partition("/")
            if mount and rest:
                yield self._address(f"/{rest}")
            return
        folder = posixpath.dirname(origin)
        yield self._file(posixpath.normpath(posixpath.join(folder, path)))
        for address in self._homes(origin):
            yield self._absolute(_normal(posixpath.join(address, path)))

    def _homes(self, origin: str) -> Iterator[str]:
        """The addresses of the old site that relative URLs of this file may count from."""
        facts = self._entries.get(origin)
        natural = f"/{read_position(origin).natural}"
        for address in (natural, *((each for level in facts.keys[1:] for each in level) if facts else ())):
            yield posixpath.dirname(address)
            yield address

    def _absolute(self, path: str) -> Goal | None:
        found = self._address(path)
        if found is not None:
            return found
        for folder in self._static:
            if goal := self._file(posixpath.normpath(posixpath.join(folder, path.lstrip("/")))):
                return goal
        return self._in_bundle(path)

    def _address(self, path: str) -> Goal | None:
        clean = path.rstrip("/")
        for spelled in (clean, *_bare(clean)):
            if spelled in self._keys:
                return Goal("entry", self._keys[spelled])
        return None

    def _in_bundle(self, path: str) -> Goal | None:
        """A file beside an entry, by the entry's address: /2024/05/07/post/picture.svg."""
        address, _, name = path.rpartition("/")
        owner = self._keys.get(address)
        if owner is None or not name:
            return None
        beside = posixpath.join(posixpath.dirname(owner), name)
        return Goal("file", beside) if beside in self._files else None

    def _file(self, path: str) -> Goal | None:
        """A file by its path, also without the extension, also by its folder."""
        path = path.rstrip("/")
        for spelled in (path, *(path + each for each in _SUFFIXES)):
            if spelled in self._entries:
                return Goal("entry", spelled)
        if path in self._files:
            return Goal("file", path)
        for name in ("index", "_index"):
            for suffix in _SUFFIXES:
                if (spelled := f"{path}/{name}{suffix}".lstrip("/")) in self._entries:
                    return Goal("entry", spelled)
        return None


def _bare(path: str) -> Iterator[str]:
    for ending in ("/index.html", ".html", ".md", "/index"):
        if path.endswith(ending):
            yield path.removesuffix(ending)


def _normal(path: str) -> str:
    return "/" + posixpath.normpath(path).lstrip("/")
