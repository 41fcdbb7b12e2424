"""A folder of files: which are content, which may be linked to, and which are neither.

Markdown files are entries. Hidden files and folders and `node_modules` are nobody's content. Files that
begin with `_` (but Hugo's and Zola's section pages, `_index.md`) and the folders in which other
generators keep templates and output are passed over, and the report says so.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from masthead.content.publication import ImportSettings
from masthead.content.report import Problem
from masthead.kernel import InputError, Place

MARKDOWN_SUFFIXES = frozenset({".md", ".mdx", ".markdown"})
_TEMPLATE_FOLDERS = frozenset({"_site", "_includes", "_layouts", "_sass", "_data", "_plugins"})


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A Markdown file. `raw` is None when the digest is the one that was known before."""

    path: str
    digest: str
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in a folder. Paths are relative to it, with forward slashes, in order.

    `others` are files that may become assets; those of a static folder outside begin with `../`.
    """

    root: Path
    markdown: tuple[FoundFile, ...]
    others: Mapping[str, Path]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]


def scan_folder(
    root: Path,
    settings: ImportSettings,
    known: Mapping[str, str],
    data: Path | None = None,
) -> Folder:
    """Look through `root`. `known` gives digests by path: the bytes of such a file are not kept.

    `data` is Masthead's own folder, which is not content. Raises InputError when `root` is no folder.
    """
    require_folder(root)
    walk = _Walk(root.resolve(), data.resolve() if data else None)
    found = _Found()
    for path, file in walk.files(root.resolve(), ""):
        _sort_in(path, file, settings, known, found)
    for name in settings.static:
        if PurePosixPath(name).parts[:1] == ("..",):
            outside = (root / name).resolve()
            found.others.update(_Walk(outside, walk.data).files(outside, f"{name.rstrip('/')}/"))
    found.skipped += walk.skipped
    found.problems += walk.problems
    return Folder(
        root,
        tuple(sorted(found.markdown, key=lambda each: each.path)),
        dict(sorted(found.others.items())),
        tuple(sorted(found.skipped)),
        tuple(found.problems),
    )


def require_folder(root: Path) -> None:
    """Raise InputError when `root` is no folder."""
    if not root.is_dir():
        raise InputError(
            "folder-missing", f"{root} is not a folder.", "Name the folder that holds the Markdown files."
        )


@dataclass(slots=True)
class _Found:
    markdown: list[FoundFile] = field(default_factory=list)
    others: dict[str, Path] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _sort_in(
    path: str, file: Path, settings: ImportSettings, known: Mapping[str, str], found: _Found
) -> None:
    name = PurePosixPath(path)
    if name.suffix.lower() not in MARKDOWN_SUFFIXES:
        found.others[path] = file
    elif (name.name.startswith("_") and name.stem != "_index") or is_matched(path, settings.exclude):
        found.skipped.append(path)
    else:
        try:
            raw = file.read_bytes()
        except OSError as error:
            found.problems.append(_unreadable(path, error))
            return
        digest = hashlib.sha256(raw).hexdigest()
        found.markdown.append(FoundFile(path, digest, None if known.get(path) == digest else raw))


def is_matched(path: str, globs: tuple[str, ...]) -> bool:
    """Whether one of the globs matches the whole path; `**` matches any number of folders."""
    return any(matches(path, glob) for glob in globs)


def matches(path: str, glob: str) -> bool:
    """Whether `glob` matches: `*` within a segment, `**` across segments, as in .gitignore."""
    return _match(path.split("/"), glob.strip("/").split("/"))


def _match(parts: list[str], patterns: list[str]) -> bool:
    if not patterns:
        return not parts
    if patterns[0] == "**":
        return any(_match(parts[skip:], patterns[1:]) for skip in range(len(parts) + 1)) or (
            len(patterns) == 1
        )
    return bool(parts) and PurePosixPath(parts[0]).match(patterns[0]) and _match(parts[1:], patterns[1:])


@dataclass(slots=True)
class _Walk:
    """A walk that does not leave its root, also not through a symbolic link."""

    root: Path
    data: Path | None
    skipped: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def files(self, folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(_unreadable(prefix or ".", error))
            return
        for entry in entries:
            path, file = f"{prefix}{entry.name}", Path(entry.path)
            if entry.name.startswith(".") or entry.name == "node_modules" or file == self.data:
                continue
            if not entry.name.isprintable():
                self.problems.append(_unspeakable(path))
            elif entry.is_dir(follow_symlinks=False):
                if entry.name not in _TEMPLATE_FOLDERS:
                    yield from self.files(file, f"{path}/")
            elif self._is_own(entry):
                yield path, file
            else:
                self.skipped.append(path)

    def _is_own(self, entry: "os.DirEntry[str]") -> bool:
        if not entry.is_symlink():
            return entry.is_file()
        target = Path(entry.path).resolve()
        return target.is_file() and target.is_relative_to(self.root)


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(
        "file-unreadable",
        f"It cannot be read: {error.strerror}.",
        "Give this user the right to read it.",
        Place(path),
    )


def _unspeakable(path: str) -> Problem:
    shown = path.encode("utf-8", "backslashreplace").decode()
    return Problem(
        "file-name",
        "Its name holds control characters or is not UTF-8.",
        "Rename it.",
        Place("".join(each if each.isprintable() else "?" for each in shown)),
    )
