"""TOML front matter, read by the standard library; a small scanner says where each key stands."""

import re
import tomllib
from collections import Counter

from masthead.markdown.front_matter import FrontMatter, FrontMatterError, Position, refuse_unstorable

# tomllib says where only in the text of its error (Python 3.14 gives attributes).
_ERROR_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = re.compile(rf"[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*=")
_TABLE = re.compile(rf"[ \t]*\[[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*\]")
_TABLE_ARRAY = re.compile(rf"[ \t]*\[\[[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*\]\]")
# What may hold lines that look like keys: strings over several lines, and comments that open none.
_OPAQUE = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)


def read_toml(source: str) -> FrontMatter:
    """The keys of a TOML document. Raises FrontMatterError."""
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _fault(str(error), text) from error
    except RecursionError as error:
        message = "The TOML front matter is nested too deeply."
        raise FrontMatterError("front-matter-syntax", message, "Flatten it.") from error
    positions = _key_positions(text)
    refuse_unstorable(values, positions, text)
    return FrontMatter(values, positions)


def _fault(message: str, source: str) -> FrontMatterError:
    line, column = source.count("\n") + 1, 1
    if place := _ERROR_PLACE.search(message):
        message = message[: place.start()]
        if place[1]:
            line, column = int(place[1]), int(place[2])
    remedy = "Correct the TOML; text needs quotes, a date is written 2025-03-19."
    return FrontMatterError("front-matter-syntax", f"The TOML front matter: {message}.", remedy, line, column)


def _key_positions(source: str) -> dict[str, Position]:
    positions: dict[str, Position] = {}
    counts: Counter[str] = Counter()
    table = ""
    for number, line in enumerate(_OPAQUE.sub(_hide_lines, source).split("\n"), start=1):
        if array := _TABLE_ARRAY.match(line):
            name = _plain(array[1])
            table = f"{name}.{counts[name]}"
            counts[name] += 1
            positions.setdefault(name, (number, array.start(1) + 1))
        elif header := _TABLE.match(line):
            table = _plain(header[1])
            positions.setdefault(table, (number, header.start(1) + 1))
        elif key := _KEY.match(line):
            path = f"{table}.{_plain(key[1])}" if table else _plain(key[1])
            positions.setdefault(path, (number, key.start(1) + 1))
    return positions


def _hide_lines(token: re.Match[str]) -> str:
    """A string of several lines keeps its line ends and loses everything else."""
    return "\n" * token[0].count("\n") or token[0]


def _plain(key: str) -> str:
    parts = re.findall(_PART, key)
    return ".".join(part[1:-1] if part[0] in "\"'" else part for part in parts)
