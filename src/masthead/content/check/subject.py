"""One file, as the rules see it: front matter, links and headings with their places in the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from masthead.content.front_keys import FrontKeys
from masthead.kernel import InputError, Place
from masthead.markdown import Document, Link, PlacedHeading, anchors, find_headings, find_links, loose_anchor
from masthead.model import ContentType


@dataclass(frozen=True)
class Subject:
    """A file that was read. One that cannot be read has a `fault` and an empty document."""

    path: str
    document: Document
    content_type: ContentType | None
    slug: str
    mapping: Mapping[str, str]
    fault: InputError | None = None

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
    def links(self) -> tuple[Link, ...]:
        """Every link and image of the body."""
        return tuple(find_links(self.document.body))

    @cached_property
    def headings(self) -> tuple[PlacedHeading, ...]:
        """The headings of the body."""
        return find_headings(self.document.body)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What a fragment may name in this file."""
        return anchors(self.document.body)

    def has_fragment(self, fragment: str, source: "Subject") -> bool:
        """Whether a link from `source` finds `fragment` here. Within a page, the renderer is forgiving."""
        if fragment in self.anchors:
            return True
        wanted = loose_anchor(fragment)
        return source is self and any(loose_anchor(each.text) == wanted for each in self.headings)

    def key_place(self, key: str) -> Place:
        """The place of a front matter key."""
        place = self.document.position_of(key)
        return Place(self.path, place.line, place.column)

    def body_place(self, line: int, column: int) -> Place:
        """A place in the body as a place in the file."""
        return Place(self.path, self.document.body_line - 1 + line, column)
