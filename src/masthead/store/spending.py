"""What an operation spends in PostgreSQL, counted for whoever measures around it."""

from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter


@dataclass(slots=True)
class Spent:
    """What one operation spent in PostgreSQL: statements sent, seconds waited; their texts, in the order
    that they ended, where somebody wants them."""

    statements: int = 0
    seconds: float = 0.0
    texts: list[str] | None = None


_spent: ContextVar[Spent | None] = ContextVar("masthead_spent", default=None)


class measured:  # noqa: N801 - used as a statement, `async with measured() as spent:`
    """Counts the statements that the block sends, in this task and those it starts; what measures around
    it counts them too. With `has_texts` it keeps their SQL."""

    __slots__ = ("_spent", "_token")

    def __init__(self, *, has_texts: bool = False) -> None:
        self._spent = Spent(texts=[] if has_texts else None)

    async def __aenter__(self) -> Spent:
        around = _spent.get()
        if around is not None and around.texts is not None:
            self._spent.texts = []
        self._token = _spent.set(self._spent)
        return self._spent

    async def __aexit__(self, *_: object) -> None:
        _spent.reset(self._token)
        around, spent = _spent.get(), self._spent
        if around is not None:
            around.statements += spent.statements
            around.seconds += spent.seconds
            if around.texts is not None:
                around.texts += spent.texts or ()


class timed:  # noqa: N801 - used as a statement, `with timed(sql):`
    """Counts one statement and the seconds of the block."""

    __slots__ = ("_sql", "_start")

    def __init__(self, sql: str = "") -> None:
        self._sql = sql

    def __enter__(self) -> None:
        self._start = perf_counter()

    def __exit__(self, *_: object) -> None:
        spent = _spent.get()
        if spent is not None:
            spent.statements += 1
            spent.seconds += perf_counter() - self._start
            if spent.texts is not None:
                spent.texts.append(self._sql)
