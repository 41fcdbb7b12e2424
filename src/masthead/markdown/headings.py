"""The headings of a Markdown source, where they stand, and the ids that a link may point to."""

import re
from dataclasses import dataclass
from html import unescape

from masthead.markdown.commonmark import to_positioned_html
from masthead.markdown.outline import anchor
from masthead.markdown.render import render
from masthead.markdown.sanitise import ID_PREFIX

_HEADING = re.compile(r'<(h[1-6]) data-sourcepos="(\d+):(\d+)-[\d:]+">(.*?)</\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_OWN_ID = re.compile(r"\s*\{#([\w.:-]+)\}\s*\Z")
_ID = re.compile(r' id="([^"]*)"')


@dataclass(frozen=True, slots=True)
class PlacedHeading:
    """A heading in Markdown's own syntax. `anchor` is its id before ids are made unique."""

    level: int
    text: str
    anchor: str
    line: int
    column: int


def find_headings(source: str) -> tuple[PlacedHeading, ...]:
    """The headings in order; those in raw HTML are not among them. Lines and columns from 1."""
    found: list[PlacedHeading] = []
    for name, line, column, content in _HEADING.findall(to_positioned_html(source)):
        text = " ".join(unescape(_TAG.sub("", content)).split())
        own = _OWN_ID.search(text)
        text = text[: own.start()] if own else text
        found.append(
            PlacedHeading(int(name[1]), text, own[1] if own else anchor(text), int(line), int(column))
        )
    return tuple(found)


def anchors(source: str) -> frozenset[str]:
    """The fragments that lead somewhere in the rendered document."""
    ids = _ID.findall(render(source).html)
    return frozenset(ids) | {unescape(name).removeprefix(ID_PREFIX) for name in ids}
