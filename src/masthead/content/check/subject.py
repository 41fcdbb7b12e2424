"""One file, as the rules see it: front matter, links and headings with their places in the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from masthead.content.check.block_texts import BlockText
from masthead.content.front_keys import FrontKeys
from masthead.kernel import InputError, Place
from masthead.markdown import Document, Link, PlacedHeading, anchors, find_headings, find_links, loose_anchor
from masthead.model import ContentType


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link or an image with its place in the file, and the text that it stands in."""

    link: Link
    place: Place
    source: str


@dataclass(frozen=True)
class Subject:
    """A file that was read. One that cannot be read has a `fault` and an empty document."""

    path: str
    document: Document
    content_type: ContentType | None
    slug: str
    mapping: Mapping[str, str]
    fault: InputError | None = None
    block_texts: tuple[BlockText, ...] = ()

    def value(self, field: str) -> tuple[str, Any] | None:
        """The front matter's key and value for a field, by the synonyms that the import knows."""
        keys = FrontKeys(self.document.front, self.mapping)
        return next(iter(keys.peek(field, self.content_type)), None)

    def values(self, field: str) -> list[tuple[str, Any]]:
        """All keys and values that mean a field."""
        return list(FrontKeys(self.document.front, self.mapping).peek(field, self.content_type))

    @property
    def is_article(self) -> bool:
        """Whether it is a page of its own with a text, as posts and pages are."""
        names = {field.name for field in self.content_type.fields} if self.content_type else set()
        return self.fault is None and {"title", "description", "body"} <= names

    @property
    def is_draft(self) -> bool:
        """Whether its front matter says that it is not finished."""
        front = self.document.front
        return front.get("draft") is True or front.get("published") is False

    @cached_property
    def links(self) -> tuple[PlacedLink, ...]:
        """Every link and image of the body and of the blocks."""
        body = self.document.body
        in_body = [
            PlacedLink(each, self.body_place(each.line, each.column), body) for each in find_links(body)
        ]
        in_blocks = [
            PlacedLink(each, block.place, block.text)
            for block in self.block_texts
            for each in find_links(block.text)
        ]
        return (*in_body, *in_blocks)

    @cached_property
    def headings(self) -> tuple[PlacedHeading, ...]:
        """The headings of the body."""
        return find_headings(self.document.body)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What a fragment may name in this file."""
        return anchors(self.document.body).union(*(anchors(each.text) for each in self.block_texts))

    def has_fragment(self, fragment: str, source: "Subject") -> bool:
        """Whether a link from `source` finds `fragment` here. Within a page, the renderer is forgiving."""
        if fragment in self.anchors:
            return True
        wanted = loose_anchor(fragment)
        in_blocks = (find_headings(each.text) for each in self.block_texts)
        headings = chain(self.headings, *in_blocks)
        return source is self and any(loose_anchor(each.text) == wanted for each in headings)

    def key_place(self, key: str) -> Place:
        """The place of a front matter key."""
        place = self.document.position_of(key)
        return Place(self.path, place.line, place.column)

    def body_place(self, line: int, column: int) -> Place:
        """A place in the body as a place in the file."""
        return Place(self.path, self.document.body_line - 1 + line, column)
