"""The name of a filter parameter, taken apart: `filter[or][1][tags.none.slug][in]`."""

import re
from dataclasses import dataclass
from typing import Literal

from masthead.rest.problem import refuse

FILTER = "filter"

Combination = Literal["and", "or"]

_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"filter(\[[^\[\]]*\])+")
_LABEL = re.compile(r"[A-Za-z0-9_-]{1,32}")

GRAMMAR = "filter[field], filter[field][operator], filter[not][field]…, filter[or][a][field]…"


@dataclass(frozen=True, slots=True)
class FilterName:
    """`groups` are the combinations around the condition, each with the label of the group that it is in;
    `path` leads to the field; `operator` is as it was sent, None where there was none."""

    groups: tuple[tuple[Combination, str], ...]
    is_negated: bool
    path: tuple[str, ...]
    operator: str | None


def read_filter_name(name: str) -> FilterName:
    """The parts of the name. Raises InputError."""
    if not _NAME.fullmatch(name):
        raise _wrong(name, "is no filter")
    words = _BRACKETS.findall(name)
    groups: list[tuple[Combination, str]] = []
    while words and words[0] in ("and", "or"):
        if len(words) < 2 or not _LABEL.fullmatch(words[1]):
            raise _wrong(name, f"does not say in which group of `{words[0]}` its condition is")
        groups.append((words[0], words[1]))
        del words[:2]
    is_negated = bool(words) and words[0] == "not"
    if is_negated:
        del words[0]
    if not 1 <= len(words) <= 2 or not all(words):
        raise _wrong(name, "names no field, or more than a field and an operator")
    operator = words[1] if len(words) == 2 else None
    return FilterName(tuple(groups), is_negated, tuple(words[0].split(".")), operator)


def _wrong(name: str, what: str) -> Exception:
    return refuse("parameter-unknown", f"`{name[:120]}` {what}.", f"Spell it {GRAMMAR}.", name)
