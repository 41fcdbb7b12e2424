"""Markdown: front matter, rendering to safe HTML, links, and the checks of one document."""

from masthead.markdown.document import Document, FrontFormat, parse_document
from masthead.markdown.headings import PlacedHeading, anchors, find_headings
from masthead.markdown.link import Link
from masthead.markdown.links import find_links, is_external, rewrite_found, rewrite_links
from masthead.markdown.outline import Heading, loose_anchor
from masthead.markdown.render import Rendered, render
from masthead.markdown.urls import LinkKind, Links

__all__ = [
    "Document",
    "FrontFormat",
    "Heading",
    "Link",
    "LinkKind",
    "Links",
    "PlacedHeading",
    "Rendered",
    "anchors",
    "find_headings",
    "find_links",
    "is_external",
    "loose_anchor",
    "parse_document",
    "render",
    "rewrite_found",
    "rewrite_links",
]
