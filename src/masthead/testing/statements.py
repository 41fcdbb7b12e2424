"""How many statements a piece of code may send: N+1 fails a test before it slows a site."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from masthead.store import Spent, measured

LONGEST = 300
"""Characters of a statement that a failure shows."""


@asynccontextmanager
async def assert_statements(expected: int) -> AsyncIterator[Spent]:
    """Fail unless the block sends exactly `expected` statements to PostgreSQL, and show those it sent.

    Counts what this task and those it starts send through Masthead's own connections, also inside an
    application that answers requests in this process. Gives `Spent`: `statements`, `seconds`, `texts`.
    Raises AssertionError; not while the block raises an error of its own.
    """
    async with measured(has_texts=True) as spent:
        yield spent
    if spent.statements != expected:
        texts = [f"  {number}. {_short(text)}" for number, text in enumerate(spent.texts or (), start=1)]
        message = f"{spent.statements} statements were sent, and {expected} expected{':' if texts else '.'}"
        raise AssertionError("\n".join([message, *texts]))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[:LONGEST]} …"
