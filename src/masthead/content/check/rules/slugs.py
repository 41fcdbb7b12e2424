"""Slugs: one entry each."""

from collections.abc import Iterator

from masthead.content.check.finding import Fault, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.subject import Subject
from masthead.kernel import Place


def _duplicate(subject: Subject, index: FolderIndex) -> Iterator[Fault]:
    first = index.first_with_slug(subject)
    if first is not None and first is not subject:
        named = next((key for key in ("slug", "permalink", "path") if key in subject.document.front), None)
        place = subject.key_place(named) if named else Place(subject.path, 1, 1)
        yield Fault(place, f'The slug "{subject.slug}" belongs to {first.path} already.')


SLUG_DUPLICATE = Rule(
    "slug-duplicate",
    "No two entries of a type have the same slug.",
    "error",
    "Give one of them another `slug:`, or rename its file.",
    _duplicate,
)
