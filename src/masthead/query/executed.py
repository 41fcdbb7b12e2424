"""What is told of an operation's statement, to whoever counts operations and looks for slow ones."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, NamedTuple, Protocol

from masthead.query.plan import Rows


class RowReader(Protocol):
    """What executing a plan needs of a database."""

    async def fetch_rows(self, sql: str, arguments: Any = ()) -> Sequence[Sequence[bytes | None]]:
        """The rows of a statement whose columns are JSON."""


class Executed(NamedTuple):
    """`name` is the operation's own, empty where it has none; `text` what the client asked; `seconds` those
    from sending the statement to having its rows, or to its failure."""

    name: str
    text: str
    sql: str
    seconds: float
    has_failed: bool


Observe = Callable[[Executed], None]


class ObservedReader:
    """A reader each of whose statements is told of, as one of the operation of that name and text."""

    __slots__ = ("_asked", "_observe", "_reader")

    def __init__(self, reader: RowReader, asked: tuple[str, str], observe: Observe | None) -> None:
        self._reader = reader
        self._asked = asked
        self._observe = observe

    async def fetch_rows(self, sql: str, arguments: Any = ()) -> Rows:
        """The rows of a statement whose columns are JSON. Raises as the reader does."""
        return await fetch_observed(self._reader, sql, arguments, self._asked, self._observe)


async def fetch_observed(
    reader: RowReader, sql: str, arguments: Sequence[Any], asked: tuple[str, str], observe: Observe | None
) -> Rows:
    """The rows of a statement. `asked` are the operation's name and text. Raises as the reader does."""
    if observe is None:
        return await reader.fetch_rows(sql, arguments)
    start, has_failed = perf_counter(), True
    try:
        rows = await reader.fetch_rows(sql, arguments)
        has_failed = False
    finally:
        observe(Executed(*asked, sql, perf_counter() - start, has_failed))
    return rows
