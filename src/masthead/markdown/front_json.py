"""JSON front matter: an object at the very start of the file; the text goes on behind it."""

import json
import re

from masthead.markdown.front_matter import FrontMatter, FrontMatterError, Position, refuse_unstorable

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_COLON = re.compile(r"\s*:")


def read_json(source: str) -> tuple[FrontMatter, int]:
    """The object that opens `source`, and the offset behind it."""
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant)
    try:
        values, end = decoder.raw_decode(source)
    except json.JSONDecodeError as error:
        raise _fault(f"{error.msg}.", error.lineno, error.colno) from error
    except _DuplicateKeyError as error:
        line, column = _nth_position(source, error.key, 2)
        raise FrontMatterError(
            "front-matter-duplicate-key",
            f"The key {error.key!r} is given twice.",
            "Keep one of them.",
            line,
            column,
        ) from error
    except (RecursionError, ValueError) as error:
        message = "The front matter is nested too deeply or holds a number that JSON does not know."
        raise _fault(message, 1, 1) from error
    positions = _key_positions(source[:end])
    refuse_unstorable(values, positions, source[:end])
    return FrontMatter(values, positions), end


class _DuplicateKeyError(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _DuplicateKeyError(key)
            seen.add(key)
    return values


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _fault(message: str, line: int, column: int) -> FrontMatterError:
    remedy = "Correct the JSON; front matter is one object at the start of the file."
    return FrontMatterError("front-matter-syntax", f"The JSON front matter: {message}", remedy, line, column)


def _key_positions(source: str) -> dict[str, Position]:
    """Where the keys stand, nested ones joined with dots (a key of an object in a list has none)."""
    positions: dict[str, Position] = {}
    path: list[str | None] = []
    key = ""
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', source):
        match token[0]:
            case "{":
                path.append(key)
            case "[":
                path.append(None)
            case "}" | "]":
                path.pop()
            case text if path and path[-1] is not None and _COLON.match(source, token.end()):
                key = str(json.loads(text))
                if None not in path:
                    full = ".".join([*(str(part) for part in path[1:]), key])
                    positions.setdefault(full, _position(source, token.start()))
    return positions


def _nth_position(source: str, key: str, nth: int) -> Position:
    keys = (token for token in _STRING.finditer(source) if _COLON.match(source, token.end()))
    found = [token.start() for token in keys if json.loads(token[0]) == key]
    return _position(source, found[nth - 1]) if len(found) >= nth else (1, 1)


def _position(source: str, offset: int) -> Position:
    before = source[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")
