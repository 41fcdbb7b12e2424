"""Text that nobody meant to publish, in the body. Code is exempt: there it is about such text."""

import re
from collections.abc import Iterator

from masthead.content.check.finding import Fault, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.subject import Subject

_FENCE = re.compile(
    r"^[ \t>]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|^(?: {4}|\t)[^\n]*$", re.MULTILINE | re.DOTALL)
# Only what no sentence says: a TODO with its colon or alone on a line, the printers' Latin.
_PLACEHOLDER = re.compile(
    r"\blorem ipsum dolor\b|^[ \t>*-]*(?:\*\*)?(?:TODO|TBD|FIXME)(?:\*\*)?(?::|[ \t]*$)"
    r"|\[(?:TODO|TBD|FIXME)\](?![(\[])",
    re.MULTILINE | re.IGNORECASE,
)


def _placeholder(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    body = subject.document.body
    if not _PLACEHOLDER.search(body):
        return
    prose = _CODE.sub(_blank, _FENCE.sub(_blank, body))
    for found in _PLACEHOLDER.finditer(prose):
        start = found.start() + len(found[0]) - len(found[0].lstrip(" \t>*-"))
        line = prose.count("\n", 0, start) + 1
        column = start - prose.rfind("\n", 0, start)
        yield Fault(subject.body_place(line, column), f'The text holds a placeholder: "{found[0].strip()}".')


def _blank(code: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", code[0])


TEXT_PLACEHOLDER = Rule(
    "text-placeholder",
    "The text holds no Lorem ipsum and no TODO of its own.",
    "warning",
    "Write what is meant, or remove it.",
    _placeholder,
)
