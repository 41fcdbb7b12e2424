"""What a content.py declares besides its types: collected while it runs, opaque to the model."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_collected: ContextVar[list[object] | None] = ContextVar("masthead_declarations", default=None)


def declare(declaration: object) -> None:
    """Hand a declaration to whoever loads the content.py that makes it; nobody needs to."""
    if (collected := _collected.get()) is not None:
        collected.append(declaration)


@contextmanager
def collecting() -> Iterator[list[object]]:
    """The declarations that are made in the block, in their order."""
    collected: list[object] = []
    token = _collected.set(collected)
    try:
        yield collected
    finally:
        _collected.reset(token)
