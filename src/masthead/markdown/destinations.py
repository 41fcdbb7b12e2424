"""Link destinations as Markdown writes them: reading, comparing, writing (CommonMark 0.31, 6.3)."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

Span = tuple[int, int]
"""Offsets into a source: the first, and the one behind the last."""

# No spaces or control characters, and parentheses in pairs; three levels are more than anyone writes.
_PLAIN = r"(?:\\.|[^\s\\()\x00-\x1f\x7f])"
_PAIRED = rf"\((?:{_PLAIN}|\((?:{_PLAIN}|\({_PLAIN}*\))*\))*\)"
_DESTINATION = rf"<(?:\\.|[^<>\\\r\n])*>|(?!<)(?:{_PLAIN}|{_PAIRED})+"
# White space may hold one line end, and a quote's or a list's marker stands at the start of a line.
_SPACE = r"[ \t]*(?:(?:\r\n|\n|\r)[ \t>]*)?"
_TITLE = r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))"""
_TAIL = re.compile(
    rf"\({_SPACE}({_DESTINATION})?(?:(?<=[\s>]){_SPACE}|{_SPACE}(?=\)|\s)){_SPACE}(?:{_TITLE}{_SPACE})?\)",
    re.DOTALL,
)
_DEFINITION = re.compile(
    r"^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*"  # the margins of quotes and lists
    rf"\[(?!\^)((?:\\.|[^\[\]\\]){{1,999}})\]:{_SPACE}({_DESTINATION})"
    rf"(?=(?:(?:[ \t]|[\r\n]){_SPACE}{_TITLE})?(?P<end>[ \t]*(?:[\r\n]|\Z)))",
    re.MULTILINE | re.DOTALL,
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


@dataclass(frozen=True, slots=True)
class Definition:
    """What reads like a definition, `[label]: destination 'title'`.

    `start` is the offset of its bracket, `end` that of the end of its last line.
    """

    label: str
    start: int
    destination: Span
    end: int


def definitions(source: str) -> list[Definition]:
    """Everything in `source` that reads like a definition; in a paragraph's middle it is none."""
    if "]:" not in source:
        return []
    return [
        Definition(normal_label(found[1]), found.start(1) - 1, found.span(2), found.start("end"))
        for found in _DEFINITION.finditer(source)
    ]


def normal_label(label: str) -> str:
    """Labels match without regard to case and to the amount of white space."""
    return " ".join(label.split()).casefold()


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
