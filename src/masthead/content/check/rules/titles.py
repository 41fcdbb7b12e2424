"""The title: there, and the author's own."""

from collections.abc import Iterator

from masthead.content.check.finding import Fault, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.rules.placeholders import is_untitled
from masthead.content.check.subject import Subject
from masthead.kernel import Place


def _missing(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    if not subject.is_article:
        return
    found = subject.value("title")
    if found is not None and str(found[1]).strip():
        return
    # The import takes a level-1 heading for the title when the front matter has none.
    if found is None and any(heading.level == 1 for heading in subject.headings):
        return
    place = subject.key_place(found[0]) if found else Place(subject.path, 1, 1)
    yield Fault(place, "The title is empty." if found else "There is no title.")


def _placeholder(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    found = subject.value("title")
    if found and isinstance(found[1], str) and is_untitled(found[1]):
        yield Fault(subject.key_place(found[0]), f'The title "{found[1].strip()}" is a placeholder.')
    elif found is None:
        for heading in subject.headings:
            if heading.level == 1 and is_untitled(heading.text):
                place = subject.body_place(heading.line, heading.column)
                yield Fault(place, f'The title "{heading.text}" is a placeholder.')


TITLE_MISSING = Rule(
    "title-missing",
    "A post or page has a title, in the front matter or as its first level-1 heading.",
    "error",
    "Add `title:` to the front matter.",
    _missing,
)
TITLE_PLACEHOLDER = Rule(
    "title-placeholder", "The title is not a template's.", "error", "Write the title.", _placeholder
)
