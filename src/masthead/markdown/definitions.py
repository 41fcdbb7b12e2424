"""Definitions of references, `[label]: destination 'title'`: which lines of a source are some.

The renderer does not say; it is told by what it does say: a definition is not in code or in a table,
and it begins a paragraph or follows one that does (CommonMark 0.31, 4.7: it interrupts none).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from masthead.markdown.destinations import DESTINATION, SPACE, TITLE, Span

_DEFINITION = re.compile(
    r"^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*"  # the margins of quotes and lists
    rf"\[(?!\^)((?:\\.|[^\[\]\\]){{1,999}})\]:{SPACE}({DESTINATION})"
    rf"(?=(?:(?:[ \t]|[\r\n]){SPACE}{TITLE})?(?P<end>[ \t]*(?:[\r\n]|\Z)))",
    re.MULTILINE | re.DOTALL,
)
# The lines of a paragraph: also one in a tight list, which has no element of its own, or an underlined one.
_PARAGRAPH = re.compile(r'<(?:p|li|h[12]) data-sourcepos="(\d+):\d+-(\d+):\d+">(?!\n)')
_TABLE_ROW = re.compile(r'<tr data-sourcepos="(\d+):')


@dataclass(frozen=True, slots=True)
class Definition:
    """What reads like a definition, `[label]: destination 'title'`.

    `start` is the offset of its bracket, `end` that of the end of its last line.
    """

    label: str
    start: int
    destination: Span
    end: int


def definitions(
    source: str, html: str, line_of: Callable[[int], int], in_code: Callable[[int], bool]
) -> list[Definition]:
    """The definitions in `source`, of which the renderer made `html` with positions."""
    if "]:" not in source:
        return []
    paragraphs = [(int(place[1]), int(place[2])) for place in _PARAGRAPH.finditer(html)]
    rows = {int(place[1]) for place in _TABLE_ROW.finditer(html)}
    found: list[Definition] = []
    last_line = 0
    for match in _DEFINITION.finditer(source):
        each = Definition(normal_label(match[1]), match.start(1) - 1, match.span(2), match.start("end"))
        line = line_of(each.start)
        begins = all(not first < line <= last for first, last in paragraphs)
        if line not in rows and not in_code(each.start) and (begins or last_line == line - 1):
            found.append(each)
            last_line = line_of(each.end)
    return found


def normal_label(label: str) -> str:
    """Labels match without regard to case and to the amount of white space."""
    return " ".join(label.split()).casefold()
