"""Headings: one title, no missing level, no two of the same name."""

from collections.abc import Iterator

from masthead.content.check.finding import Fault, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.subject import Subject


def _multiple_h1(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    firsts = [heading for heading in subject.headings if heading.level == 1]
    for heading in firsts[1:]:
        message = f'"{heading.text}" is a level-1 heading, and "{firsts[0].text}" was one before.'
        yield Fault(subject.body_place(heading.line, heading.column), message)


def _skipped(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    # The first heading may have any level: what stands above it is the page's own title.
    for before, heading in zip(subject.headings, subject.headings[1:], strict=False):
        if heading.level > before.level + 1:
            message = (
                f'"{heading.text}" is a level-{heading.level} heading below one of level {before.level}.'
            )
            yield Fault(subject.body_place(heading.line, heading.column), message)


def _duplicate_anchor(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    lines: dict[str, int] = {}
    for heading in subject.headings:
        place = subject.body_place(heading.line, heading.column)
        if heading.anchor in lines:
            message = f'"{heading.text}" has the same anchor as the heading on line {lines[heading.anchor]}.'
            yield Fault(place, message)
        elif heading.anchor and place.line is not None:
            lines[heading.anchor] = place.line


HEADING_MULTIPLE_H1 = Rule(
    "heading-multiple-h1",
    "A text has at most one level-1 heading (its title, which may repeat the front matter's).",
    "warning",
    "Make it a level-2 heading.",
    _multiple_h1,
)
HEADING_SKIPPED = Rule(
    "heading-skipped",
    "A heading is at most one level below the one before it.",
    "warning",
    "Take the level in between: screen readers navigate by levels.",
    _skipped,
)
HEADING_DUPLICATE_ANCHOR = Rule(
    "heading-duplicate-anchor",
    "No two headings of a text have the same anchor.",
    "warning",
    "Say more in one of them: its anchor gets a number, which changes when headings move.",
    _duplicate_anchor,
)
