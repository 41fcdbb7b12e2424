"""What the readers of YAML, TOML and JSON front matter share: their result and their fault."""

from collections.abc import Mapping
from dataclasses import dataclass

from masthead.kernel import InputError, Place

Position = tuple[int, int]
"""Line and column, counted from 1. Inside a reader they count from the front matter's own start."""

# Far beyond any front matter that a person writes, far below what strains the process.
MAX_DEPTH = 64
MAX_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys with their values, and where each key (nested ones joined with dots) stands."""

    values: Mapping[str, object]
    positions: Mapping[str, Position]


@dataclass(eq=False)
class FrontMatterError(Exception):
    """What is wrong with front matter, before it is known which file it came from."""

    code: str
    message: str
    remedy: str
    line: int = 1
    column: int = 1

    def in_file(self, file: str, lines_before: int) -> InputError:
        """The same fault as an error that names the file and counts its lines."""
        place = Place(file, self.line + lines_before, self.column)
        return InputError(self.code, self.message, self.remedy, place)


def unstorable(text: str) -> bool:
    """Whether escapes made characters that no UTF-8 text can hold: NUL and lone surrogates."""
    return "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)


def refuse_unstorable(values: object, positions: Mapping[str, Position], source: str) -> None:
    """Raise when a value holds a character that cannot be stored.

    Only an escape can make one (the bytes were decoded strictly), so most sources end at once.
    """
    if "\\" not in source or not isinstance(values, dict):
        return
    for key, value in values.items():
        if unstorable(str(key)) or any(unstorable(text) for text in _texts(value)):
            line, column = positions.get(str(key), (1, 1))
            raise FrontMatterError(
                "front-matter-syntax",
                f"The value of {str(key).encode('ascii', 'backslashreplace').decode()!r} holds a character "
                "that is not text (NUL or half of a surrogate pair).",
                "Remove the escape.",
                line,
                column,
            )


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for pair in value.items() for part in pair for text in _texts(part)]
        case list() | tuple() | set():
            return [text for part in value for text in _texts(part)]
        case _:
            return []
