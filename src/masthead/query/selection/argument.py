"""What a value is compared with or looked up by: from the document, or from its variables."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Given:
    """An argument whose value stands in the document: equal documents have equal values."""

    value: Any


@dataclass(frozen=True, slots=True)
class Variable:
    """An argument whose value comes with each request: what lies at `path` in the variable `name`, such
    as ("title", "eq") in a filter that is a variable as a whole."""

    name: str
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """An argument that stands in the document with variables inside: lists and dictionaries, nested, whose
    leaves are arguments, as in `in: [$a, "b"]`. A variable that was not given is null in a list and left
    out of a dictionary, as GraphQL has it."""

    parts: "list[Composed | Given | Variable] | dict[str, Composed | Given | Variable]"


Argument = Given | Variable | Composed
