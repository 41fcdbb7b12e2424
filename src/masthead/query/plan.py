"""A Plan: one SQL statement, and how its arguments are taken from a request's variables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, assert_never
from uuid import UUID

from masthead.kernel import InputError, Place
from masthead.query.cursor import cursor_values
from masthead.query.order import Order
from masthead.query.selection import Argument, Composed, Given, Variable
from masthead.query.slot import Slot

Variables = Mapping[str, Any]

Rows = Sequence[Sequence[bytes | None]]
"""What a plan's statement yields."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One parameter, or several that come from one argument. `place` is the response path."""

    argument: Argument
    read: Callable[[Any], Iterable[Any]]
    place: str

    def values(self, variables: Variables) -> Iterable[Any]:
        """The parameters' values. Raises InputError that says which variable is at fault."""
        try:
            return self.read(value_of(self.argument, variables))
        except InputError as error:
            name = self.argument.name if isinstance(self.argument, Variable) else None
            raise InputError(
                error.code, error.message, error.remedy, Place(path=self.place), {"variable": name}
            ) from error


def value_of(argument: Argument, variables: Variables) -> Any:
    """The argument's value in a request."""
    match argument:
        case Given(value=value):
            return value
        case Variable(name=name, path=path):
            value = variables[name]
            for step in path:
                value = value[step]
            return value
        case Composed(parts=list() as parts):
            return [None if _is_missing(each, variables) else value_of(each, variables) for each in parts]
        case Composed(parts=dict() as parts):
            given = {key: each for key, each in parts.items() if not _is_missing(each, variables)}
            return {key: value_of(each, variables) for key, each in given.items()}
        case Composed():
            raise AssertionError("composed of lists and dictionaries")
        case _:
            assert_never(argument)


def _is_missing(argument: Argument, variables: Variables) -> bool:
    return isinstance(argument, Variable) and argument.name not in variables


@dataclass(frozen=True, slots=True)
class Plan:
    """`sql` yields the values that stand between `pieces`, all of type json: one row of them, or, where
    `is_list`, a row an item of the only list. It is empty when the answer, `constant`, needs no row of any
    table. What `slots` name is not in the answer yet: a FieldComputer completes it.
    `places` says which part of the answer an alias of the statement reads for, as a path with dots."""

    sql: str
    bindings: tuple[Binding, ...]
    constant: bytes | None = None
    pieces: tuple[bytes, ...] = (b"", b"")
    is_list: bool = False
    slots: tuple[Slot, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)

    def answer(self, rows: Rows) -> bytes:
        """The JSON that the statement's rows make, put between the plan's pieces."""
        if self.is_list:
            before, behind = self.pieces
            return b"%b%b%b" % (before, _BETWEEN.join([row[0] or b"null" for row in rows]), behind)
        (row,) = rows
        parts = [self.pieces[0]]
        for value, piece in zip(row, self.pieces[1:], strict=True):
            parts += (b"null" if value is None else value, piece)
        return b"".join(parts)

    def arguments(self, variables: Variables) -> list[Any]:
        """The arguments of `sql`, in order. Raises InputError."""
        if not self.bindings:
            return []
        return [value for binding in self.bindings for value in binding.values(variables)]


_BETWEEN = b", \n "
"""As json_agg separates items: a list has the same bytes whether it comes in rows or whole."""


def read_id(value: Any) -> Iterable[UUID]:
    """The id of an entry. Raises InputError."""
    try:
        return (UUID(value),)
    except ValueError as error:
        raise InputError(
            "id-invalid", f"{value[:80]!r} is not an id.", "Pass an id that this API gave."
        ) from error


def read_text(value: str) -> Iterable[str]:
    """Text that PostgreSQL can hold. Raises InputError."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise _unstorable() from error
    if "\0" in value:
        raise _unstorable()
    return (value,)


def read_cursor(order: Order) -> Callable[[Any], Iterable[Any]]:
    """How the values of a cursor of `order` are read; raises InputError."""
    return lambda value: cursor_values(value, order)


def check_cursor(order: Order) -> Callable[[Any], Iterable[Any]]:
    """How a cursor whose values nobody needs is read: it must be one of `order`; raises InputError."""
    return lambda value: cursor_values(value, order)[:0]


def _unstorable() -> InputError:
    return InputError(
        "text-invalid", "The text holds a null character or half a surrogate pair.", "Remove it."
    )
