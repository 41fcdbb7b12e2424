"""Headings: an id for each, like GitHub's and unique, and the table of contents."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from masthead.markdown.sanitise import ID_PREFIX
from masthead.markdown.tags import Attributes, attributes_of, plain

TOC_LEVELS = range(2, 5)

_HEADING = re.compile(r"<(h[1-6])((?: [^<>]*)?)>(.*?)</\1>", re.DOTALL)
_OWN_ID = re.compile(r"\s*\{#([A-Za-z0-9_][\w.:-]*)\}\s*\Z")
_NOTE_MARK = re.compile(r'<sup class="footnote-ref">.*?</sup>', re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_NOT_A_WORD = re.compile(r"[\W_]+")
_NOT_IN_ID = re.compile(r"[^\w\- ]")
# An id is also a property of the page's window: these shapes and names are what programs look for.
_CLOBBERS = re.compile(
    r"[_$]\w*\Z|(?=\w*[A-Z])[A-Za-z_]\w*\Z|(?:define|exports|global|module|process|require)\Z"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 to 6, the id that links point to, its text without markup."""

    level: int
    id: str
    text: str


def outline(html: str) -> tuple[str, tuple[Heading, ...]]:
    """Sanitised HTML with an id on every heading, and all headings in order."""
    headings: list[Heading] = []
    taken: dict[str, int] = {}

    def mark(element: re.Match[str]) -> str:
        name, attributes, content = element[1], attributes_of(element[2]), element[3]
        own = attributes.pop("id", "").removeprefix(ID_PREFIX)
        if braces := _OWN_ID.search(content):
            own, content = braces[1], content[: braces.start()]
        text = " ".join(plain(_TAG.sub("", _NOTE_MARK.sub("", content))).split())
        heading = Heading(int(name[1]), _unique(own or anchor(text), taken), text)
        headings.append(heading)
        return f"{Attributes(attributes, id=heading.id).tag(name)}{content}</{name}>"

    return _HEADING.sub(mark, html), tuple(headings)


def contents(headings: Collection[Heading]) -> tuple[Heading, ...]:
    """The table of contents: what stands below the title, three levels deep."""
    return tuple(heading for heading in headings if heading.level in TOC_LEVELS and heading.text)


def anchor(text: str) -> str:
    """The id that GitHub gives a heading of this text, before it is made unique."""
    return _NOT_IN_ID.sub("", text.lower()).replace(" ", "-")


def loose_anchor(text: str) -> str:
    """What a heading's ids by other generators have in common: its letters and digits, one hyphen between."""
    folded = unicodedata.normalize("NFKD", text).lower()
    return _NOT_A_WORD.sub("-", "".join(each for each in folded if not unicodedata.combining(each))).strip(
        "-"
    )


def _unique(wanted: str, taken: dict[str, int]) -> str:
    wanted = wanted or "section"
    if _CLOBBERS.match(wanted):
        wanted = ID_PREFIX + wanted
    unique = wanted
    while unique in taken:
        taken[wanted] += 1
        unique = f"{wanted}-{taken[wanted]}"
    taken[unique] = 0
    return unique
