"""Slugs: from a title or a name, and from where a file lies."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

_DATE_PREFIX = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_ ](?=.)")
_DATED_PATH = re.compile(r"(?:^|/)(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[-/_ ]|$)")
_TYPE_FOLDERS = {"posts": "Post", "_posts": "Post", "_drafts": "Post", "pages": "Page"}
_NAMED_FOLDERS = {"authors": "Author", "tags": "Tag"}
_INDEXES = frozenset({"index", "_index"})
_FORBIDDEN = re.compile(r'[?#%\\"<>\x00-\x1f\x7f]')
_SPELLED = {"+": "plus", "#": "sharp"}
LONGEST = 500
"""Characters of a slug: far beyond a readable address, far below what an index can hold."""


def slugify(text: str) -> str:
    """Lower case, letters and digits of any script, hyphens: "Jakub Beránek" → "jakub-beranek".

    C++ and C# stay apart ("cplusplus", "csharp"). Text without a letter gets a slug from its digest.
    """
    spelled = re.sub(r"(?<=\w)[+#]+", lambda run: "".join(_SPELLED[each] for each in run[0]), text)
    folded = unicodedata.normalize("NFKD", spelled).casefold()
    bare = "".join(each for each in folded if not unicodedata.combining(each))
    slug = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", bare)).strip("-")[:200].rstrip("-")
    return slug or hashlib.sha256(text.encode()).hexdigest()[:8]


def addressable(path: str) -> str:
    """A path as a slug: capitals, dots and slashes kept, spaces hyphens, what no address holds dropped."""
    segments = (_FORBIDDEN.sub("", re.sub(r"\s+", "-", part.strip())) for part in path.split("/"))
    return "/".join(part for part in segments if part not in ("", ".", ".."))


@dataclass(frozen=True, slots=True)
class Position:
    """What a file's place says: its slug, its address in the old site, a date, a type, a draft.

    `natural` is the relative path without extension ("x" for the bundle x/index.md).
    """

    slug: str
    natural: str
    day: date | None = None
    type_name: str | None = None
    is_draft: bool = False


def read_position(path: str) -> Position:
    """What the relative path of a file says."""
    parts = list(PurePosixPath(path).with_suffix("").parts)
    if len(parts) > 1 and parts[-1] in _INDEXES:
        parts.pop()
    elif parts[-1] in _INDEXES:
        parts[-1] = "index"
    natural = "/".join(parts)
    type_name, kept = _type_folder(parts)
    found = _DATE_PREFIX.match(kept[-1])
    day = _day(found) if found else None
    if found and day:
        kept = [*kept[:-1], kept[-1][found.end() :]]
    return Position(
        slug=addressable("/".join(kept)) or slugify(natural),
        natural=natural,
        day=day or date_in(natural),
        type_name=type_name,
        is_draft="_drafts" in parts[:-1],
    )


def below_address(position: Position, pattern: str | None) -> Position:
    """The position without the folders that its type's address repeats: releases/1.4.md is 1.4 under
    "/releases/{slug}". Folders that name a type by themselves (posts, tags) are off already."""
    prefix = (pattern or "").partition("{")[0].strip("/") + "/"
    if position.type_name is not None or not position.slug.startswith(prefix):
        return position
    return replace(position, slug=position.slug.removeprefix(prefix))


def date_in(path: str) -> date | None:
    """The date that a path holds, as 2015/09/17/Rust-1.3 does; None where there is none."""
    for found in _DATED_PATH.finditer(path):
        if day := _day(found):
            return day
    return None


def _type_folder(parts: list[str]) -> tuple[str | None, list[str]]:
    """The type that a folder names, and the path without that folder."""
    for index, part in enumerate(parts[:-1]):
        is_leading = index == 0
        if part in ("_posts", "_drafts") or (is_leading and part in _TYPE_FOLDERS):
            return _TYPE_FOLDERS[part], parts[:index] + parts[index + 1 :]
        if is_leading and part in _NAMED_FOLDERS:
            return _NAMED_FOLDERS[part], parts[1:]
    return None, parts


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
