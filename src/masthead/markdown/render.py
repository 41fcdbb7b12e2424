"""Markdown to what is stored beside it: safe HTML, plain text, excerpt, contents, reading time.

The order is the argument for safety: comrak makes HTML, `sanitise` makes it safe, and every later
step adds only elements of our own around escaped text. Pure: the same source and the same answers
of `links` give the same result.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from masthead.markdown.code import code_figures
from masthead.markdown.commonmark import to_html
from masthead.markdown.figures import figures, labelled_boxes, scrollable_tables
from masthead.markdown.formulas import math_spans
from masthead.markdown.outline import Heading, contents, loose_anchor, outline
from masthead.markdown.sanitise import ID_PREFIX, sanitise
from masthead.markdown.text import excerpt, plain_text, reading_minutes
from masthead.markdown.urls import Links, keep, replace_urls

_NAMED_ANCHOR = re.compile(r'<a ([^<>]*?)name="([^"]*)"([^<>]*)>')
_RAW_HTML = re.compile(r"<(?!https?:)[A-Za-z/!?]")
_ID = re.compile(rf'<[^<>]* id="{ID_PREFIX}([^"]*)"')


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered body. `toc` holds levels 2 to 4; `minutes` is whole and at least 1."""

    html: str
    text: str
    excerpt: str
    toc: tuple[Heading, ...]
    minutes: int


def render(source: str, links: Links = keep) -> Rendered:
    """Render Markdown. `links` is asked about every URL; None drops the link and keeps its text."""
    html = sanitise(to_html(source), has_raw_html=_RAW_HTML.search(source) is not None)
    if ' name="' in html:
        html = _NAMED_ANCHOR.sub(_identified, html)
    html, headings = outline(html)
    text = plain_text(html)
    summary = excerpt(html, text)
    html = _set(_linked(html, headings, links))
    return Rendered(html, text, summary, contents(headings), reading_minutes(text))


def _set(html: str) -> str:
    """The elements that need more than their tags. A step is skipped where nothing asks for it."""
    if "<pre>" in html:
        html = code_figures(html)
    if "data-math-style" in html:
        html = math_spans(html)
    if "<img " in html:
        html = figures(html)
    if "<table" in html:
        html = scrollable_tables(html)
    if "<input " in html:
        html = labelled_boxes(html)
    return html


def _linked(html: str, headings: tuple[Heading, ...], links: Links) -> str:
    """Replace the URLs. A link within the page finds a heading's id first, then the raw HTML's, then the
    heading whose id another generator would have written so (Zola: `cargo-doc-serve`)."""
    if links is keep and ' href="#' not in html:
        return html
    own = {heading.id for heading in headings}
    foreign = set(_ID.findall(html)) - own

    def fragment(url: str) -> str:
        name = unquote(url[1:])
        if name in own or not name:
            return url
        if name in foreign:
            return f"#{ID_PREFIX}{name}"
        wanted = loose_anchor(name)
        meant = next((heading.id for heading in headings if loose_anchor(heading.text) == wanted), None)
        return f"#{meant}" if meant else url

    return replace_urls(html, links, fragment)


def _identified(tag: re.Match[str]) -> str:
    """An anchor's name, as HTML 4 had it, becomes an id."""
    if ' id="' in f" {tag[1]}{tag[3]}":
        return f"<a {tag[1]}{tag[3].lstrip()}>"
    return f'<a {tag[1]}id="{ID_PREFIX}{tag[2]}"{tag[3]}>'
