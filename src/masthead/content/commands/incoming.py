"""Values as a command brings them: JSON by field name, judged field by field."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from masthead.content.commands.turn import Turn
from masthead.model import ContentType, FieldProblem

_DEEPEST = 64
"""Levels of a JSON value: far beyond what anyone writes, far below what PostgreSQL's stack takes."""
_ASSET_FACTS = frozenset({"digest", "size", "media_type", "width", "height"})
"""What an asset's bytes say; nobody can say otherwise."""


@dataclass(frozen=True, slots=True)
class Given:
    """Sound values by field, and the names of those that are taken away."""

    values: Mapping[str, Any]
    removed: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """The fields that change."""
        return self.removed | self.values.keys()

    def onto(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields with this change."""
        kept = {name: value for name, value in fields.items() if name not in self.removed}
        return {**kept, **self.values}


def read_given(turn: Turn, content_type: ContentType, fields: Mapping[str, Any], entry: UUID | None) -> Given:
    """What of `fields` can be stored; the turn is told of everything that cannot."""
    unstorable = {name: why for name, value in fields.items() if (why := _unstorable(value)) is not None}
    for name, why in unstorable.items():
        turn.fault(
            entry, _shown(name), "field-invalid", f'"{_shown(name)}" of this {content_type.name} {why}.'
        )
    values = {name: value for name, value in fields.items() if value is not None and name not in unstorable}
    names = [name for name in fields if fields[name] is None and name not in content_type]
    found, problems = turn.rules.draft(content_type.name).read({**values, **dict.fromkeys(names)})
    for each in problems:
        turn.fault(entry, each.path, *_fault(content_type, each))
    for name in _fixed(content_type, found):
        message = f'"{name}" of an {content_type.name} is what its file says.'
        turn.fault(entry, name, "field-fixed", f"{message} Upload another file instead.")
        del found[name]
    removed = frozenset(name for name, value in fields.items() if value is None and name in content_type)
    return Given({name: _compact(value) for name, value in found.items()}, removed)


def _fault(content_type: ContentType, problem: FieldProblem) -> tuple[str, str]:
    if problem.is_unknown:
        return "field-unknown", f'A {content_type.name} has no field "{problem.path}".'
    return "field-invalid", f'"{problem.path}" of this {content_type.name}: {problem.message}.'


def _fixed(content_type: ContentType, found: Mapping[str, Any]) -> list[str]:
    return [name for name in found if content_type.name == "Asset" and name in _ASSET_FACTS]


def _compact(value: Any) -> Any:
    """A list without repeated references stays as it is; in blocks, what is null is left out."""
    if isinstance(value, list):
        return [_without_nulls(each) if _is_block(each) else each for each in value]
    return value


def _is_block(value: Any) -> bool:
    return isinstance(value, dict) and "type" in value


def _without_nulls(block: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in block.items() if value is not None}


def _shown(name: str) -> str:
    """A field's name as an error can show it."""
    return name.encode("utf-8", "replace").decode().replace("\0", "")


def _unstorable(value: Any) -> str | None:
    """What PostgreSQL's JSON and text cannot hold; continues '"title" of this Post …'."""
    for text in _leaves(value, 0):
        match text:
            case str() if "\0" in text:
                return "holds a NUL character"
            case str() if not _is_unicode(text):
                return "holds half of a surrogate pair"
            case bool() | None:
                pass
            case int() if not -(2**63) <= text < 2**63:
                return "holds a number beyond 64 bits"
            case float() if not math.isfinite(text):
                return "holds a number that is not finite"
            case _Deep():
                return f"is nested deeper than {_DEEPEST} levels"
            case str() | int() | float():
                pass
            case _:
                return f"holds a {type(text).__name__}, which is no JSON"
    return None


class _Deep:
    """Stands for what lies too deep."""


def _leaves(value: Any, depth: int) -> Iterator[Any]:
    if depth > _DEEPEST:
        yield _Deep()
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield name
            yield from _leaves(each, depth + 1)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _leaves(each, depth + 1)
    else:
        yield value


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
