"""The links and images of a Markdown source, where they stand, and how their URLs are replaced.

The renderer is the authority on which links there are, so what looks like one in code or in a
comment is none. It says about where each of Markdown's own links begins; the place of the URL is
looked up there, and accepted only if the URL that is read is the one that the renderer shows.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

from masthead.markdown.commonmark import to_positioned_html
from masthead.markdown.destinations import (
    Span,
    definitions,
    inline_destination,
    normal_label,
    read_destination,
    same_url,
    write_destination,
    write_text,
)
from masthead.markdown.raw_html import raw_links, write_attribute
from masthead.markdown.urls import LinkKind

Form = Literal["inline", "reference", "autolink", "html"]

_LINE_END = re.compile(r"\r\n|\n|\r")
_POSITION = r'data-sourcepos="(\d+):(\d+)-(\d+):(\d+)"'
_ELEMENT = re.compile(rf'<(a|img) {_POSITION} (?:href|src)="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_CODE = re.compile(rf"<(?:pre|code|span)(?=[ >])[^>]*?{_POSITION}")
_MARKUP = re.compile(r"<[^>]*>")
# What binds tighter than brackets: escapes, code, HTML and autolinks.
_BRACKETS = re.compile(r"\\.|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|`+|<[^<>\s][^<>]*>|[\[\]]", re.DOTALL)
_AUTOLINK = re.compile(r"<([^<>\s]*)>")
_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ADDED = ("", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image. `url` is the URL as Markdown reads it: no escapes, no entities.

    `text` is a link's text or an image's alternative text. `line` and `column` are where it begins
    in the source, counted from 1 in characters; a reference stands where it is used.
    """

    kind: LinkKind
    url: str
    text: str
    line: int
    column: int
    form: Form = field(default="inline", repr=False)
    span: Span = field(default=(0, 0), repr=False)
    """Where the URL is written, as offsets into the source; for a reference, in its definition."""


def find_links(source: str, wanted: Callable[[str], bool] = lambda _: True) -> list[Link]:
    """Every link and image that the renderer would show, in the order of the source.

    `wanted` is asked first, with the URL as the renderer shows it (percent-encoded where it must be);
    to pass over what needs no work makes the search several times faster.
    """
    return _Search(source, wanted).links()


def rewrite_links(
    source: str, rewrite: Callable[[Link], str | None], wanted: Callable[[str], bool] = lambda _: True
) -> str:
    """Replace the URLs for which `rewrite` gives another one; nothing else changes by a byte.

    None keeps a URL. An autolink (`<https://...>`, or a bare URL) becomes a link of the same text.
    `wanted` is as for `find_links`.
    """
    replacements: dict[Span, str] = {}
    for link in find_links(source, wanted):
        new = rewrite(link)
        if new is not None and new != link.url:
            replacements.setdefault(link.span, _written(source, link, new))
    if not replacements:
        return source
    parts: list[str] = []
    end = 0
    for span in sorted(replacements):
        parts += source[end : span[0]], replacements[span]
        end = span[1]
    return "".join((*parts, source[end:]))


def is_external(url: str) -> bool:
    """Whether a URL leads to another site or program (it has a scheme or a host)."""
    return _EXTERNAL.match(url) is not None


def _written(source: str, link: Link, url: str) -> str:
    match link.form:
        case "html":
            return write_attribute(url)
        case "autolink":
            shown = source[slice(*link.span)].removeprefix("<").removesuffix(">")
            return f"[{write_text(shown)}]({write_destination(url)})"
        case _:
            return write_destination(url)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A link that the renderer shows: where it begins in the source, and its element's match."""

    kind: LinkKind
    url: str
    start: int
    element: re.Match[str]


class _Search:
    """One search through one source. Finds links from the last to the first: what is inside another
    link (an image) begins behind it, and so has taken its own URL when the outer one looks for its."""

    def __init__(self, source: str, wanted: Callable[[str], bool]) -> None:
        self._source = source
        self._wanted = wanted
        self._html = to_positioned_html(source)
        self._line_starts = [0, *(end.end() for end in _LINE_END.finditer(source))]
        self._code: list[Span] | None = None
        self._definitions: list[tuple[str, Span]] | None = None
        self._taken: set[Span] = set()

    def links(self) -> list[Link]:
        found: list[tuple[int, Link]] = []
        lost: list[_Shown] = []
        for shown in sorted(self._shown(), key=lambda shown: shown.start, reverse=True):
            if place := self._place(shown):
                found.append(self._link(shown, shown.start, *place))
            else:
                lost.append(shown)
        # Only now is it known which links nobody claims.
        places = ((shown, self._elsewhere(shown)) for shown in reversed(lost))
        found.extend(self._link(shown, *place) for shown, place in places if place)
        found.extend(self._raw())
        return [link for _, link in sorted(found, key=lambda pair: pair[0])]

    def _shown(self) -> Iterator[_Shown]:
        for element in _ELEMENT.finditer(self._html):
            url = unescape(element[6])
            if self._wanted(url):
                kind: LinkKind = "image" if element[1] == "img" else "link"
                yield _Shown(kind, url, self._offset(element[2], element[3]), element)

    def _text(self, shown: _Shown) -> str:
        """A link's text, or an image's alternative text."""
        after = shown.element.end()
        if shown.kind == "image":
            alt = _ALT.match(self._html, after)
            return unescape(alt[1]) if alt else ""
        inside = self._html[self._html.index(">", after) + 1 : self._html.index("</a>", after)]
        return unescape(_MARKUP.sub("", inside) if "<" in inside else inside)

    def _place(self, shown: _Shown) -> tuple[Form, Span] | None:
        source, start = self._source, shown.start
        opening = start + (shown.kind == "image")
        if source.startswith("[", opening):
            return self._bracketed(shown, opening)
        if (autolink := _AUTOLINK.match(source, start)) and self._is_autolink(autolink[1], shown):
            return "autolink", autolink.span()
        end = self._offset(shown.element[4], shown.element[5]) + 1
        if self._is_autolink(source[start:end], shown):
            return "autolink", (start, end)
        return None

    def _bracketed(self, shown: _Shown, opening: int) -> tuple[Form, Span] | None:
        closing = _closing_bracket(self._source, opening)
        if closing is None:
            return None
        span = inline_destination(self._source, closing + 1)
        if span is not None and self._accept(span, shown):
            return "inline", span
        label = self._source[opening + 1 : closing]
        if self._source.startswith("[", closing + 1):
            end = _closing_bracket(self._source, closing + 1)
            label = (end and self._source[closing + 2 : end]) or label
        return self._definition(normal_label(label), shown)

    def _definition(self, label: str, shown: _Shown) -> tuple[Form, Span] | None:
        if self._definitions is None:
            self._definitions = [pair for pair in definitions(self._source) if not self._in_code(pair[1][0])]
        for name, span in self._definitions:
            if name == label and same_url(read_destination(self._source[slice(*span)]), shown.url):
                return "reference", span
        return None

    def _elsewhere(self, shown: _Shown) -> tuple[int, Form, Span] | None:
        """The nearest link of the same URL that nobody claimed, where the renderer's place is off."""
        best: tuple[int, int, Form, Span] | None = None
        for bracket in re.finditer(r"!?\[", self._source):
            start, opening = bracket.start(), bracket.end() - 1
            if (bracket[0] == "![") != (shown.kind == "image") and shown.kind == "image":
                continue
            distance = abs(start - shown.start)
            if best is not None and distance >= best[0]:
                continue
            if not self._in_code(start) and (place := self._bracketed_free(shown, opening)):
                best = (distance, start, *place)
        return best[1:] if best else None

    def _bracketed_free(self, shown: _Shown, opening: int) -> tuple[Form, Span] | None:
        before = set(self._taken)
        place = self._bracketed(shown, opening)
        if place is None:
            self._taken = before
        return place

    def _accept(self, span: Span, shown: _Shown) -> bool:
        if span in self._taken or not same_url(read_destination(self._source[slice(*span)]), shown.url):
            return False
        self._taken.add(span)
        return True

    def _is_autolink(self, text: str, shown: _Shown) -> bool:
        return bool(text) and any(same_url(added + text, shown.url) for added in _ADDED)

    def _link(self, shown: _Shown, start: int, form: Form, span: Span) -> tuple[int, Link]:
        written = self._source[slice(*span)]
        url = shown.url if form == "autolink" else read_destination(written)
        line, column = self._position(start)
        return start, Link(shown.kind, url, self._text(shown), line, column, form, span)

    def _raw(self) -> list[tuple[int, Link]]:
        found: list[tuple[int, Link]] = []
        if "<" not in self._source:
            return found
        for raw in raw_links(self._source, self._html):
            if self._wanted(raw.url):
                kind: LinkKind = "image" if raw.name == "img" else "link"
                line, column = self._position(raw.start)
                found.append((raw.start, Link(kind, raw.url, raw.alt, line, column, "html", raw.span)))
        return found

    def _in_code(self, offset: int) -> bool:
        if self._code is None:
            spans = (code.groups() for code in _CODE.finditer(self._html))
            self._code = [(self._offset(a, b), self._offset(c, d) + 1) for a, b, c, d in spans]
        return any(start <= offset < end for start, end in self._code)

    def _offset(self, line: str, column: str) -> int:
        row = min(int(line), len(self._line_starts)) - 1
        return min(self._line_starts[row] + max(int(column) - 1, 0), len(self._source))

    def _position(self, offset: int) -> tuple[int, int]:
        row = bisect_right(self._line_starts, offset)
        return row, offset - self._line_starts[row - 1] + 1


def _closing_bracket(source: str, opening: int) -> int | None:
    """The offset of the bracket that closes the one at `opening`."""
    depth = 0
    for token in _BRACKETS.finditer(source, opening):
        if token[0] == "[":
            depth += 1
        elif token[0] == "]":
            depth -= 1
            if depth == 0:
                return token.start()
    return None
