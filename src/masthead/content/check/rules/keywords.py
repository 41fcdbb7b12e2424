"""Keywords and tags: the author's own."""

from collections.abc import Iterator

from masthead.content.check.finding import Fault, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.rules.placeholders import is_keyword_placeholder
from masthead.content.check.subject import Subject


def _placeholder(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    seen: set[str] = set()
    for key, value in [*subject.values("keywords"), *subject.values("tags")]:
        if key in seen:
            continue
        seen.add(key)
        found = [item for item in _items(value) if is_keyword_placeholder(item)]
        if found:
            yield Fault(subject.key_place(key), f"{key} holds placeholders: {', '.join(found)}.")


def _items(value: object) -> list[str]:
    each = value if isinstance(value, list) else [value]
    return [part.strip() for item in each if isinstance(item, str) for part in item.split(",")]


KEYWORDS_PLACEHOLDER = Rule(
    "keywords-placeholder",
    "Keywords and tags are not a template's (keyword1, tag2).",
    "error",
    "Write the words that readers search for, or remove the key.",
    _placeholder,
)
