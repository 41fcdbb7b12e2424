"""Code blocks: what the fence's info string says, and the figure that comes out.

A fence names its language, and perhaps a file and the lines to point out:

    ```py:src/app.py {1,3-5}
    ```py title="src/app.py" {1,3-5}
"""

import re
from dataclasses import dataclass

from masthead.markdown.formulas import math_block
from masthead.markdown.highlight import highlight
from masthead.markdown.tags import Attributes, attributes_of, plain, tag_text

_BLOCK = re.compile(r"<pre><code((?: [^<>]*)?)>([^<]*)</code></pre>")
_LINES = re.compile(r"\{\s*(\d+(?:\s*-\s*\d+)?(?:\s*,\s*\d+(?:\s*-\s*\d+)?)*)\s*,?\s*\}")
_TITLE = re.compile(r"""(?:title|filename|file|name)=(?:"([^"]*)"|'([^']*)'|([^\s"'{}]+))""")
# `rust,ignore`, `rust, no_run`: what follows the comma is for other tools.
_LANGUAGE = re.compile(r"\{?\.?([\w+#.\-/]*)")
_MOST_LINES = 100_000


@dataclass(frozen=True, slots=True)
class Fence:
    """What an info string says: the language in lower case, a file name, lines counted from 1."""

    language: str
    title: str
    lines: frozenset[int]


def read_info(info: str) -> Fence:
    """Read an info string; what it does not say is empty."""
    first, _, rest = info.strip().partition(" ")
    if "{" in first[1:]:  # `js{1,3}`
        first, brace, more = first.partition("{")
        rest = f"{brace}{more} {rest}"
    name, _, file = first.partition(":")
    language = _LANGUAGE.match(name)
    titled = _TITLE.search(rest)
    title = next((part for part in titled.groups() if part), "") if titled else file
    return Fence(language[1].lower() if language else "", title.strip(), _line_numbers(rest))


def code_figures(html: str) -> str:
    """Replace every block of plain code in sanitised HTML by its figure."""
    return _BLOCK.sub(_figure, html)


def _figure(block: re.Match[str]) -> str:
    attributes = attributes_of(block[1])
    code = plain(block[2])
    info = attributes.get("class", "").removeprefix("language-")
    if info == "math":
        return math_block(code)
    fence = read_info(f"{info} {attributes.get('data-meta', '')}")
    if fence.language == "mermaid":
        return _diagram(code, fence)
    return _code(code, fence)


def _diagram(source: str, fence: Fence) -> str:
    """The source of a drawing: whoever shows the page may draw it, and it reads well if nobody does."""
    attributes = Attributes({"class": "diagram", "data-language": fence.language})
    code = f'<pre tabindex="0"><code>{tag_text(source)}</code></pre>'
    return f"{attributes.tag('figure')}{code}{_caption(fence.title)}</figure>"


def _code(code: str, fence: Fence) -> str:
    attributes = Attributes({"class": "code"})
    if fence.language:
        attributes["data-language"] = fence.language
    if fence.title:
        attributes["data-title"] = fence.title
    # The block can be scrolled sideways, so the keyboard must be able to reach it.
    body = f'<pre tabindex="0"><code>{_body(code, fence)}</code></pre>'
    return f"{attributes.tag('figure')}{_caption(fence.title)}{body}</figure>"


def _body(code: str, fence: Fence) -> str:
    coloured = highlight(code, fence.language)
    if not fence.lines:
        return "\n".join(coloured) if coloured else tag_text(code)
    lines = coloured or [tag_text(line) for line in code.split("\n")]
    return "\n".join(
        f'<span class="hll">{line}</span>' if number in fence.lines else line
        for number, line in enumerate(lines, start=1)
    )


def _caption(title: str) -> str:
    return f"<figcaption>{tag_text(title)}</figcaption>" if title else ""


def _line_numbers(text: str) -> frozenset[int]:
    braces = _LINES.search(text)
    if braces is None:
        return frozenset()
    numbers: set[int] = set()
    for part in braces[1].split(","):
        first, _, last = part.partition("-")
        start, end = int(first[:6]), int((last or first).strip()[:6])
        numbers.update(range(start, min(end, _MOST_LINES) + 1))
    return frozenset(numbers)
