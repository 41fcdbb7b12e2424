"""Where texts are rendered: in this process when there are few, in a pool of processes when many."""

import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager

from masthead.content.rendering import Shown, Text, show

_WORTH_A_POOL = 1_500_000
"""Characters of Markdown: about a second of rendering; starting two processes takes half of one."""


class Renderer:
    """Renders lists of texts; `executor` None renders in a thread."""

    def __init__(self, executor: ProcessPoolExecutor | None) -> None:
        self._executor = executor

    async def show(self, texts: Sequence[Text]) -> list[Shown]:
        """Every text, in order."""
        if not texts:
            return []
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, show_all, list(texts))


def show_all(texts: list[Text]) -> list[Shown]:
    """Render one after the other (the function that other processes are sent)."""
    return [show(text) for text in texts]


@asynccontextmanager
async def open_renderer(characters: int, workers: int | None) -> AsyncIterator[Renderer]:
    """A renderer for about so much text. `workers` None decides by the amount; 0 is no pool."""
    count = workers if workers is not None else (os.cpu_count() or 1) if characters >= _WORTH_A_POOL else 0
    if count < 1:
        yield Renderer(None)
        return
    # Spawned, not forked: a fork would copy the sockets and threads of a running server.
    executor = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield Renderer(executor)
    finally:
        executor.shutdown(cancel_futures=True)
