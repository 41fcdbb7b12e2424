"""Where the links of a Markdown source stand.

The renderer is the authority on which links there are, so what looks like one in code or in a
comment is none. It says about where each of Markdown's own links begins; the place of the URL is
looked up there, and accepted only if the URL that is read is the one that the renderer shows.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from urllib.parse import unquote

from masthead.markdown.commonmark import to_positioned_html
from masthead.markdown.definitions import Definition, definitions, normal_label
from masthead.markdown.destinations import (
    Span,
    inline_destination,
    read_destination,
    same_url,
)
from masthead.markdown.link import Form, Link
from masthead.markdown.raw_html import raw_links
from masthead.markdown.urls import LinkKind

_LINE_END = re.compile(r"\r\n|\n|\r")
_POSITION = r'data-sourcepos="(\d+):(\d+)-(\d+):(\d+)"'
_ELEMENT = re.compile(rf'<(a|img) {_POSITION} (?:href|src)="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_CODE = re.compile(rf"<(?:pre|code|span)(?=[ >])[^>]*?{_POSITION}")
_MARKUP = re.compile(r"<[^>]*>")
_OPENING = re.compile(r"!?\[")
# What binds tighter than brackets: escapes, code, HTML and autolinks.
_BRACKETS = re.compile(
    r"\\.|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|`+"
    r"|<!--(?:-?>|.*?-->)|<[A-Za-z][\w+.-]{1,31}:[^\s<>]*>|<[^\s<>@\[\]]+@[^\s<>\[\]]+>"
    r"|</?[A-Za-z][\w-]*(?:\s+[\w:.-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*\s*/?>"
    r"|[\[\]]",
    re.DOTALL,
)
_AUTOLINK = re.compile(r"<([^<>\s]*)>")
_ADDED = ("", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A link that the renderer shows: where it begins in the source, and its element's match."""

    kind: LinkKind
    url: str
    start: int
    element: re.Match[str]


class LinkSearch:
    """One search through one source.

    Finds links from the last to the first: what is inside another link (an image) begins behind it,
    and so has taken its own URL when the outer one looks for its.
    """

    def __init__(self, source: str, wanted: Callable[[str], bool]) -> None:
        self._source = source
        self._wanted = wanted
        self._html = to_positioned_html(source)
        self._line_starts = [0, *(end.end() for end in _LINE_END.finditer(source))]
        self._taken: set[Span] = set()

    def links(self) -> list[Link]:
        found: list[tuple[int, Link]] = []
        lost: list[_Shown] = []
        for shown in sorted(self._shown(), key=lambda shown: shown.start, reverse=True):
            if place := self._place(shown):
                found.append(self._link(shown, shown.start, *place))
            else:
                lost.append(shown)
        if lost:
            found.extend(self._recovered(lost[::-1], {start for start, _ in found}))
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
        if closing is None or opening in self._definition_starts:
            return None
        span = inline_destination(self._source, closing + 1)
        if span is not None and self._accept(span, shown):
            return "inline", span
        for label in self._labels(opening, closing):
            if place := self._definition(label, shown):
                return place
        return None

    def _labels(self, opening: int, closing: int) -> Iterator[str]:
        """The labels that a reference may use: the one behind its text, or the text itself."""
        if self._source.startswith("[", closing + 1):
            end = _closing_bracket(self._source, closing + 1)
            if end and self._source[closing + 2 : end].strip():
                yield normal_label(self._source[closing + 2 : end])
        yield normal_label(self._source[opening + 1 : closing])

    def _definition(self, label: str, shown: _Shown) -> tuple[Form, Span] | None:
        for span in self._definitions.get(label, ()):
            if same_url(read_destination(self._source[slice(*span)]), shown.url):
                return "reference", span
        return None

    def _recovered(self, lost: list[_Shown], claimed: set[int]) -> Iterator[tuple[int, Link]]:
        """Links of a paragraph that begins with definitions: the renderer's lines are off there.

        Each takes the next bracket that nobody claimed and that leads to its URL.
        """
        free = [bracket for bracket in _OPENING.finditer(self._source) if self._is_free(bracket, claimed)]
        by_url: dict[tuple[LinkKind, str], list[tuple[int, Form, Span]]] = {}
        for bracket in reversed(free):
            # An escaped `!` is text, and a link follows it.
            is_image = bracket[0] == "![" and not self._source.endswith("\\", 0, bracket.start())
            start = bracket.start() if is_image else bracket.end() - 1
            for form, span in self._leads(bracket.end() - 1):
                url = unquote(read_destination(self._source[slice(*span)]))
                by_url.setdefault(("image" if is_image else "link", url), []).append((start, form, span))
        for shown in lost:
            places = by_url.get((shown.kind, unquote(shown.url)))
            if places:
                start, form, span = places.pop()
                yield self._link(shown, start, form, span)
            elif autolink := self._autolink(shown, claimed):
                claimed.add(autolink[0])
                yield self._link(shown, autolink[0], "autolink", autolink)

    def _autolink(self, shown: _Shown, claimed: set[int]) -> Span | None:
        """The first autolink of that URL that nobody claimed."""
        text = self._text(shown)
        if not self._is_autolink(text, shown):
            return None
        for found in re.finditer(re.escape(text), self._source):
            start, end = found.span()
            if self._source.startswith("<", start - 1) and self._source.startswith(">", end):
                start, end = start - 1, end + 1
            if start not in claimed and not self._in_code(start):
                return start, end
        return None

    def _is_free(self, bracket: re.Match[str], claimed: set[int]) -> bool:
        start = bracket.start()
        return start not in claimed and start not in self._definition_starts and not self._in_code(start)

    def _leads(self, opening: int) -> Iterator[tuple[Form, Span]]:
        closing = _closing_bracket(self._source, opening, self._source.find("\n\n", opening))
        if closing is None:
            return
        span = inline_destination(self._source, closing + 1)
        if span is not None:
            if span not in self._taken:
                yield "inline", span
            return
        for label in self._labels(opening, closing):
            if spans := self._definitions.get(label):
                yield "reference", spans[0]
                return

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
        for raw in raw_links(self._source, self._html, self._in_code):
            if self._wanted(raw.url):
                kind: LinkKind = "image" if raw.name == "img" else "link"
                line, column = self._position(raw.start)
                found.append((raw.start, Link(kind, raw.url, raw.alt, line, column, "html", raw.span)))
        return found

    @cached_property
    def _all_definitions(self) -> list[Definition]:
        return definitions(self._source, self._html, lambda offset: self._position(offset)[0], self._in_code)

    @cached_property
    def _definition_starts(self) -> set[int]:
        return {each.start for each in self._all_definitions}

    @cached_property
    def _definitions(self) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        for each in self._all_definitions:
            found.setdefault(each.label, []).append(each.destination)
        return found

    @cached_property
    def _code(self) -> list[Span]:
        spans = (code.groups() for code in _CODE.finditer(self._html))
        return sorted((self._offset(a, b), self._offset(c, d) + 1) for a, b, c, d in spans)

    def _in_code(self, offset: int) -> bool:
        index = bisect_right(self._code, (offset, len(self._source))) - 1
        return index >= 0 and offset < self._code[index][1]

    def _offset(self, line: str, column: str) -> int:
        row = min(int(line), len(self._line_starts)) - 1
        return min(self._line_starts[row] + max(int(column) - 1, 0), len(self._source))

    def _position(self, offset: int) -> tuple[int, int]:
        row = bisect_right(self._line_starts, offset)
        return row, offset - self._line_starts[row - 1] + 1


def _closing_bracket(source: str, opening: int, end: int = -1) -> int | None:
    """The offset of the bracket that closes the one at `opening`, before `end` if that is given."""
    depth = 0
    for token in _BRACKETS.finditer(source, opening, end if end >= 0 else len(source)):
        if token[0] == "[":
            depth += 1
        elif token[0] == "]":
            depth -= 1
            if depth == 0:
                return token.start()
    return None
