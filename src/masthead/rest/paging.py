"""`page[size]`, `page[after]`, `page[before]`, `page[offset]`, `page[total]`: which piece of a list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from masthead.kernel import InputError
from masthead.query import cursor_nulls
from masthead.query import selection as select
from masthead.rest.limits import Limits
from masthead.rest.operand import read_flag
from masthead.rest.problem import exceed, refuse

SIZE, AFTER, BEFORE = "page[size]", "page[after]", "page[before]"
OFFSET, TOTAL = "page[offset]", "page[total]"

DEFAULT_SIZE = 20
"""Entries of a page, as in GraphQL."""


@dataclass(frozen=True, slots=True)
class Paging:
    """A page; from the end where only a `before` says where it is."""

    size: int
    offset: int
    after: select.Bookmark | None
    before: select.Bookmark | None
    has_total: bool

    @property
    def is_from_end(self) -> bool:
        """Whether these are the last entries of the range."""
        return self.before is not None and self.after is None


def read_paging(parameters: Mapping[str, str], limits: Limits) -> Paging:
    """The page that is asked for. Raises InputError."""
    size = read_size(parameters, limits, f"Ask for fewer and turn the page with `{AFTER}`.")
    offset = _number(parameters, OFFSET, 0)
    if offset > limits.offset:
        remedy = f"Turn the page with `{AFTER}`, which does not read what it skips."
        raise exceed("offset", limits.offset, f"`{OFFSET}` is {offset:,}", remedy, OFFSET)
    return Paging(
        size,
        offset,
        _bookmark(parameters, AFTER),
        _bookmark(parameters, BEFORE),
        TOTAL in parameters and read_flag(parameters[TOTAL], TOTAL),
    )


def read_size(parameters: Mapping[str, str], limits: Limits, remedy: str = "Ask for fewer.") -> int:
    """How many are asked for. Raises InputError."""
    size = _number(parameters, SIZE, min(DEFAULT_SIZE, limits.page_size))
    if size > limits.page_size:
        raise exceed("page_size", limits.page_size, f"`{SIZE}` is {size:,}", remedy, SIZE)
    return size


def nulls_of(name: str, cursor: str) -> tuple[bool, ...]:
    """Which values of a cursor are null. Raises InputError, which names the parameter."""
    try:
        return cursor_nulls(cursor)
    except InputError as error:
        raise refuse(error.code, error.message, _REMEDY, name) from error


_REMEDY = "Pass `page.next` or `page.previous` of an answer unchanged, or begin without one."


def _number(parameters: Mapping[str, str], name: str, default: int) -> int:
    text = parameters.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise refuse(
            "value-invalid", f"`{name}` is {text[:80]!r}.", "Pass a whole number from 0 to 999999999.", name
        )
    return int(text)


def _bookmark(parameters: Mapping[str, str], name: str) -> select.Bookmark | None:
    cursor = parameters.get(name)
    return None if cursor is None else select.Bookmark(select.Variable(name), nulls_of(name, cursor))
