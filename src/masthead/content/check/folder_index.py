"""What can be linked to in a folder: its files, its entries' addresses, its static files.

Lenient on purpose: a link is broken only if nothing in the folder could be meant. Addresses of the
old site (prefixes, `.html`, aliases) count, because the import keeps them alive.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin

from masthead.content.check.subject import Subject

_INDEX = re.compile(r"(?:^|/)(?:_?index)$")
_SUFFIXES = (".md", ".mdx", ".markdown")
_PAGE_SUFFIX = re.compile(r"\.(?:html?|md|mdx|markdown)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: a file of the folder, with the entry if it is one."""

    path: str
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class FolderIndex:
    """The folder's files by path; entries by every address that may mean them."""

    entries: Mapping[str, Subject]
    files: Mapping[str, Path]
    static: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    """First segments of the addresses that this folder's content types have."""
    _by_address: dict[str, Subject] = field(default_factory=dict)
    _by_slug: dict[tuple[str, str], Subject] = field(default_factory=dict)

    @staticmethod
    def of(
        subjects: Iterable[Subject], files: Mapping[str, Path], static: tuple[str, ...], names: frozenset[str]
    ) -> "FolderIndex":
        """The index of a folder."""
        index = FolderIndex({each.path: each for each in subjects}, files, static, names)
        for subject in index.entries.values():
            if subject.content_type:
                index._by_slug.setdefault(_slug_key(subject), subject)
            for address in _addresses(subject):
                index._by_address.setdefault(_normal(address), subject)
        return index

    def first_with_slug(self, subject: Subject) -> Subject | None:
        """The first file (by path) of the same type and slug; None for what is no entry."""
        return self._by_slug.get(_slug_key(subject)) if subject.content_type else None

    def find(self, url: str, source: Subject) -> Target | None:
        """What a local URL in `source` leads to; None if nothing here can be meant."""
        path = unquote(url.partition("#")[0].partition("?")[0])
        if not path:
            return Target(source.path, source)
        if path.startswith("@/"):  # Zola: from the content's root
            return self._file(path[2:])
        if path.startswith("/"):
            return self._absolute(path)
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(source.path), path))
        return self._file(beside) or self._relative_address(path, source)

    def find_file(self, url: str, source: Subject) -> Path | None:
        """The file that an image's local URL names."""
        target = self.find(url, source)
        return self.files.get(target.path) if target else None

    def _file(self, path: str) -> Target | None:
        path = posixpath.normpath(path).removeprefix("./")
        if path in self.files:
            return Target(path)
        bases = (path, _PAGE_SUFFIX.sub("", path))
        for base in bases:
            for end in (
                "",
                *_SUFFIXES,
                *(f"/index{s}" for s in _SUFFIXES),
                *(f"/_index{s}" for s in _SUFFIXES),
            ):
                candidate = f"{base}{end}".removeprefix("./")
                if candidate in self.entries:
                    return Target(candidate, self.entries[candidate])
        return None

    def _absolute(self, path: str) -> Target | None:
        bare = path.strip("/")
        for root in self.static:
            candidate = posixpath.normpath(posixpath.join(root, bare)) if root else bare
            if candidate in self.files:
                return Target(candidate)
        return self._file(bare) if bare and self._file(bare) else self._address(path)

    def _relative_address(self, path: str, source: Subject) -> Target | None:
        """Relative to the address that the page has, with or without a slash at its end."""
        for address in _addresses(source):
            for base in (f"/{address.strip('/')}/", f"/{address.strip('/')}"):
                if found := self._absolute(urljoin(base, path)):
                    return found
        return None

    def _address(self, path: str) -> Target | None:
        """An address, also below a prefix of the old site (/blog/2015/...)."""
        parts = _normal(path).split("/")
        for skip in range(min(len(parts), 3)):
            if subject := self._by_address.get("/".join(parts[skip:])):
                return Target(subject.path, subject)
        return None


def _slug_key(subject: Subject) -> tuple[str, str]:
    return (subject.content_type.name if subject.content_type else "", subject.slug)


def _addresses(subject: Subject) -> list[str]:
    natural = _INDEX.sub("", subject.path.rpartition(".")[0])
    found = [natural, subject.slug]
    for key in ("path", "permalink", "slug", "aliases"):
        for _, value in subject.values(key):
            each = value if isinstance(value, list) else [value]
            found.extend(text for text in each if isinstance(text, str))
    if subject.content_type and subject.content_type.path and "{slug}" in subject.content_type.path:
        found.append(subject.content_type.path.replace("{slug}", subject.slug))
    return [address for address in found if address.strip("/")]


def _normal(address: str) -> str:
    return _PAGE_SUFFIX.sub("", unquote(address).strip("/")).removesuffix("/index").lower()
