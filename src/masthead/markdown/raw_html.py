"""Links and images that are written as HTML: which of the source's tags the renderer passed on."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape

from masthead.markdown.destinations import Span

_ATTRIBUTES = r"(?:[^<>\"'`=]|=\s*\"[^\"]*\"|=\s*'[^']*'|=\s*[^\s\"'=<>`]*)*"
_TAG = re.compile(
    r"<!--|<!\[CDATA\[|<(?P<raw>script|style|template)\b"
    rf"|<(?P<name>a|iframe|img|audio|video|source|track)\b(?P<rest>{_ATTRIBUTES})>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(?P<key>href|src|alt)\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'=<>`]+)""", re.IGNORECASE
)
# A tag over several lines inside a quote or a list begins each line with the container's marker.
_MARGIN = re.compile(r"\s*\n[ \t>]*|\s*\r[ \t>]*")


@dataclass(frozen=True, slots=True)
class RawLink:
    """A URL in an HTML tag: offsets of the tag and of the attribute's value with its quotes."""

    name: str
    url: str
    alt: str
    start: int
    span: Span


def raw_links(source: str, html: str, in_code: Callable[[int], bool]) -> Iterator[RawLink]:
    """The tags of `source` with a URL that are not in code and are also in the renderer's `html`."""
    # Not as many as were passed, but all that are alike: which of two the renderer dropped (one in a note
    # that nobody refers to) cannot be told.
    passed = {_normal(tag[0]) for tag in _tags(html) if "data-sourcepos" not in tag["rest"]}
    for tag in _tags(source, html):
        is_passed = _normal(tag[0]) in passed and not in_code(tag.start())
        if is_passed and (link := _raw_link(tag)):
            yield link


def write_attribute(url: str) -> str:
    """The value of an attribute, quoted."""
    return f'"{escape(url)}"'


def _tags(text: str, shown: str | None = None) -> Iterator[re.Match[str]]:
    """The tags outside comments and what else the sanitiser drops with its content.

    In a source, what opens a comment may be text; it is a comment if the renderer has `shown` it whole.
    """
    position = 0
    normal: str | None = None
    while tag := _TAG.search(text, position):
        position = tag.end()
        if tag["name"]:
            if shown is None or not _is_escaped(text, tag.start()):
                yield tag
            continue
        end = _end_of_hidden(text, tag)
        if shown is not None and normal is None:
            normal = _normal(shown)  # dear, and most sources hide nothing
        if normal is None or _normal(text[tag.start() : end]) in normal:
            position = end


def _is_escaped(source: str, offset: int) -> bool:
    """Whether an odd number of backslashes stands before `offset`: what follows is text."""
    before = source[max(0, offset - 100) : offset]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _end_of_hidden(text: str, opening: re.Match[str]) -> int:
    closing = f"</{opening['raw']}" if opening["raw"] else "]]>" if opening[0] == "<![CDATA[" else "-->"
    # `<!-->` and `<!--->` are whole comments (CommonMark 0.31, 6.6).
    end = text.find(closing, opening.start() + 2)
    return end + len(closing) if end >= 0 else len(text)


def _raw_link(tag: re.Match[str]) -> RawLink | None:
    name = tag["name"].lower()
    wanted = "href" if name == "a" else "src"
    found: dict[str, re.Match[str]] = {}
    for attribute in _ATTRIBUTE.finditer(tag[0]):
        found.setdefault(attribute["key"].lower(), attribute)  # the first one counts, as in browsers
    if wanted not in found:
        return None
    start, end = found[wanted].span("value")
    alt = _value(found["alt"]) if "alt" in found else ""
    span = (tag.start() + start, tag.start() + end)
    return RawLink(name, _value(found[wanted]), alt, tag.start(), span)


def _value(attribute: re.Match[str]) -> str:
    value = attribute["value"]
    return unescape(value[1:-1] if value[0] in "\"'" else value).strip()


def _normal(tag: str) -> str:
    return _MARGIN.sub("\n", tag)
