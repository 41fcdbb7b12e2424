"""What an operation spends in PostgreSQL, counted for whoever measures around it."""

from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter


@dataclass(slots=True)
class Spent:
    """What one operation spent in PostgreSQL: statements sent, seconds waited."""

    statements: int = 0
    seconds: float = 0.0


_spent: ContextVar[Spent | None] = ContextVar("masthead_spent", default=None)


class measured:  # noqa: N801 - used as a statement, `async with measured() as spent:`
    """Counts the statements that the block sends, in this task and those it starts."""

    __slots__ = ("_token",)

    async def __aenter__(self) -> Spent:
        spent = Spent()
        self._token = _spent.set(spent)
        return spent

    async def __aexit__(self, *_: object) -> None:
        _spent.reset(self._token)


class timed:  # noqa: N801 - used as a statement, `with timed():`
    """Counts one statement and the seconds of the block."""

    __slots__ = ("_start",)

    def __enter__(self) -> None:
        self._start = perf_counter()

    def __exit__(self, *_: object) -> None:
        spent = _spent.get()
        if spent is not None:
            spent.statements += 1
            spent.seconds += perf_counter() - self._start
