"""One Markdown file becomes values of a content type. Pure: bytes and settings in, a Reading out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from masthead.content.choose_type import choose_type
from masthead.content.facts import Facts
from masthead.content.folder import FoundFile
from masthead.content.front_keys import FrontKeys
from masthead.content.publication import ImportSettings
from masthead.content.reading_task import ReadingTask
from masthead.content.report import Problem
from masthead.content.slugs import Position, below_address, date_in, read_position
from masthead.content.values import Converter
from masthead.kernel import Place
from masthead.markdown import Document, parse_document
from masthead.model import ContentModel


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as values: JSON, or tokens for what is looked up when all files are known.

    `places` says where each field's value stands. With `problems` it cannot become an entry.
    """

    file: FoundFile
    raw: bytes
    facts: Facts
    values: Mapping[str, Any]
    aliases: tuple[str, ...]
    extra: Mapping[str, Any]
    places: Mapping[str, Place]
    problems: tuple[Problem, ...]


class FileReader:
    """Reads the files of one publication."""

    def __init__(self, model: ContentModel, settings: ImportSettings) -> None:
        self._model = model
        self._settings = settings
        self._converter = Converter(model, settings.authors)

    def read(self, file: FoundFile, raw: bytes) -> Reading:
        """Take the file apart. Raises InputError when it is broken as a whole."""
        document = parse_document(raw, file.path)
        keys, is_unpublished = _front_keys(document, self._settings.fields)
        position = _dated(read_position(file.path), keys)
        content_type = choose_type(file.path, keys, position, self._model, self._settings)
        position = below_address(position, content_type.path)
        task = ReadingTask(document, position, keys, content_type, self._converter)
        facts = task.run(is_unpublished)
        return Reading(
            file, raw, facts, task.values, task.aliases, task.extra(), task.places, tuple(task.problems)
        )


def _front_keys(document: Document, mapping: Mapping[str, str]) -> tuple[FrontKeys, bool]:
    """The keys, and whether Jekyll's `published: false` is among them: it is no date."""
    front = dict(document.front)
    flag = front.pop("published") if isinstance(front.get("published"), bool) else None
    return FrontKeys(front, mapping), flag is False


def _dated(position: Position, keys: FrontKeys) -> Position:
    """The position with the date that an old address in the front matter holds, if its own has none."""
    if position.day is not None:
        return position
    for name in ("path", "permalink", "slug"):
        for _, value in keys.peek(name):
            if isinstance(value, str) and (day := date_in(value.strip("/"))):
                return replace(position, day=day)
    return position
