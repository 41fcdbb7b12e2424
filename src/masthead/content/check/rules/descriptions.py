"""The description that lists, search engines and previews show."""

from collections.abc import Iterator

from masthead.content.check.finding import Fault, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.rules.placeholders import is_unwritten
from masthead.content.check.subject import Subject
from masthead.kernel import Place

# What search results show without cutting it off.
SHORTEST, LONGEST = 150, 160


def _missing(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    if not subject.is_article:
        return
    found = subject.value("description")
    if found is None or not str(found[1]).strip():
        place = subject.key_place(found[0]) if found else Place(subject.path, 1, 1)
        yield Fault(place, "The description is empty." if found else "There is no description.")


def _placeholder(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    key, text = _description(subject)
    if text and is_unwritten(text):
        yield Fault(subject.key_place(key), f'The description "{_short(text)}" is a placeholder.')


def _length(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    key, text = _description(subject)
    if text and subject.is_article and not is_unwritten(text) and not SHORTEST <= len(text) <= LONGEST:
        yield Fault(subject.key_place(key), f"The description has {len(text)} characters.")


def _description(subject: Subject) -> tuple[str, str]:
    found = subject.value("description")
    if found is None or not isinstance(found[1], str):
        return "", ""
    return found[0], " ".join(found[1].split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


DESCRIPTION_MISSING = Rule(
    "description-missing",
    "A post or page has a description.",
    "warning",
    "Add `description:` with 150 to 160 characters that say what a reader gets.",
    _missing,
)
DESCRIPTION_PLACEHOLDER = Rule(
    "description-placeholder",
    "The description is not a template's.",
    "error",
    "Write 150 to 160 characters that say what a reader gets.",
    _placeholder,
)
DESCRIPTION_LENGTH = Rule(
    "description-length",
    f"The description has {SHORTEST} to {LONGEST} characters.",
    "warning",
    f"Bring it to {SHORTEST} to {LONGEST} characters: search results and previews show that much.",
    _length,
)
