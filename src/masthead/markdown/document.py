"""A Markdown file taken apart: its front matter, its body, and where each of them stands.

Knows the bytes (encoding, byte order mark, fences); the three languages of front matter have a
file each. Everything that is wrong is an InputError with file, line and column.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from masthead.kernel import InputError, Place
from masthead.markdown.front_json import read_json
from masthead.markdown.front_matter import FrontMatter, FrontMatterError, Position
from masthead.markdown.front_toml import read_toml
from masthead.markdown.front_yaml import read_yaml

FrontFormat = Literal["yaml", "toml", "json"]

_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(\r\n|\n|\r|\Z)")
_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE),
}
# A brace opens JSON only before a key or the end: `{% raw %}` and `{#id}` are text.
_JSON_OPENING = re.compile(r"\{\s*[\"}]")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Document:
    """A file's front matter and body. `body_line` is the body's first line, counted from 1."""

    front: Mapping[str, object]
    front_format: FrontFormat | None
    body: str
    body_line: int
    file: str
    positions: Mapping[str, Position] = field(default_factory=dict, repr=False)

    def position_of(self, key: str) -> Place:
        """The place of a key of the front matter; nested keys are joined with dots.

        A key that is not there has the place of the nearest key above it, or of the file's start.
        """
        path = key
        while path not in self.positions and "." in path:
            path = path.rpartition(".")[0]
        line, column = self.positions.get(path, (1, 1))
        return Place(self.file, line, column, key)


def parse_document(raw: bytes, file: str) -> Document:
    """Take a file apart. Raises InputError for text that is not UTF-8 and for broken front matter."""
    text = _decode(raw, file)
    if opening := _OPENING.match(text):
        return _parse_fenced(text, opening, file)
    if _JSON_OPENING.match(text):
        return _parse_json(text, file)
    return Document({}, None, text, 1, file)


def _parse_fenced(text: str, opening: re.Match[str], file: str) -> Document:
    fence = opening[1]
    closing = _CLOSING[fence].search(text, opening.end())
    if closing is None:
        raise InputError(
            "front-matter-unclosed",
            f"The front matter that {fence} opens on the first line is never closed.",
            f"Put a line with {fence} alone after its last key.",
            Place(file, 1, 1),
        )
    source = text[opening.end() : closing.start()]
    try:
        front = read_yaml(source) if fence == "---" else read_toml(source)
    except FrontMatterError as fault:
        raise fault.in_file(file, lines_before=1) from fault
    body_line = 1 + len(_LINE_END.findall(text, 0, closing.end()))
    language: FrontFormat = "yaml" if fence == "---" else "toml"
    return _document(front, language, text[closing.end() :], body_line, file)


def _parse_json(text: str, file: str) -> Document:
    try:
        front, end = read_json(text)
    except FrontMatterError as fault:
        raise fault.in_file(file, lines_before=0) from fault
    if line_end := re.compile(r"[ \t]*(?:\r\n|\n|\r)").match(text, end):
        end = line_end.end()
    body_line = 1 + len(_LINE_END.findall(text, 0, end))
    return _document(front, "json", text[end:], body_line, file, lines_before=0)


def _document(
    front: FrontMatter, language: FrontFormat, body: str, body_line: int, file: str, lines_before: int = 1
) -> Document:
    positions = {key: (line + lines_before, column) for key, (line, column) in front.positions.items()}
    return Document(front.values, language, body, body_line, file, positions)


def _decode(raw: bytes, file: str) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = "The file is UTF-16, not UTF-8."
        raise InputError("invalid-utf8", message, "Save it as UTF-8.", Place(file, 1, 1))
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"Byte 0x{error.object[error.start]:02x} is not UTF-8 here."
        place = _place_at(error.object[: error.start].decode("utf-8"), file)
        raise InputError("invalid-utf8", message, "Save the file as UTF-8.", place) from None
    if (nul := text.find("\0")) >= 0:
        message = "The file holds a NUL character, which no text can hold."
        raise InputError("invalid-utf8", message, "Remove it.", _place_at(text[:nul], file))
    return text


def _place_at(before: str, file: str) -> Place:
    """The place of the character that follows `before`."""
    lines = _LINE_END.split(before)
    return Place(file, len(lines), len(lines[-1]) + 1)
