"""Link destinations as Markdown writes them: reading, comparing, writing (CommonMark 0.31, 6.3)."""

import re
from html import unescape
from urllib.parse import unquote

Span = tuple[int, int]
"""Offsets into a source: the first, and the one behind the last."""

# No spaces or control characters, and parentheses in pairs; three levels are more than anyone writes.
_PLAIN = r"(?:\\.|[^\s\\()\x00-\x1f\x7f])"
_PAIRED = rf"\((?:{_PLAIN}|\((?:{_PLAIN}|\({_PLAIN}*\))*\))*\)"
DESTINATION = rf"<(?:\\.|[^<>\\\r\n])*>|(?!<)(?:{_PLAIN}|{_PAIRED})+"
# White space may hold one line end, and a quote's or a list's marker stands at the start of a line.
SPACE = r"[ \t]*(?:(?:\r\n|\n|\r)[ \t>]*)?"
TITLE = r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))"""
_TAIL = re.compile(
    rf"\({SPACE}({DESTINATION})?(?:(?<=[\s>]){SPACE}|{SPACE}(?=\)|\s)){SPACE}(?:{TITLE}{SPACE})?\)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_NEEDS_ANGLES = re.compile(r"[\s()<>\x00-\x1f\x7f]")
_TEXT_SPECIAL = re.compile(r"([\\\[\]*_`<>~&])")


def inline_destination(source: str, offset: int) -> Span | None:
    """Where the destination stands in the `(destination "title")` at `offset`, brackets included."""
    tail = _TAIL.match(source, offset)
    if tail is None:
        return None
    return tail.span(1) if tail[1] is not None else (tail.start() + 1, tail.start() + 1)


def read_destination(written: str) -> str:
    """The URL of a destination: without angle brackets, escapes and entities."""
    if written.startswith("<") and written.endswith(">"):
        written = written[1:-1]
    return unescape(_ESCAPE.sub(r"\1", written))


def write_destination(url: str) -> str:
    """A destination that reads as `url`."""
    escaped = url.replace("\\", "\\\\").replace("&", "&amp;") if "\\" in url or _is_entity(url) else url
    if not escaped or _NEEDS_ANGLES.search(escaped):
        escaped = re.sub(r"[\r\n]+", "%0A", escaped)
        return "<" + escaped.replace("<", "\\<").replace(">", "\\>") + ">"
    return escaped


def write_text(text: str) -> str:
    """Link text that reads as `text`."""
    return _TEXT_SPECIAL.sub(r"\\\1", text)


def same_url(url: str, shown: str) -> bool:
    """Whether the renderer shows `url` as `shown`: it encodes what a URL cannot hold."""
    return url == shown or unquote(url) == unquote(shown)


def _is_entity(url: str) -> bool:
    return "&" in url and unescape(url) != url
