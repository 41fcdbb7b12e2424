"""Where texts are rendered: in this process when there are few, in processes of their own when many."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

import orjson

from masthead.content import rendering
from masthead.content.rendering import LENGTH, Shown, Text, show, shown_from_json
from masthead.kernel import UnavailableError

_WORTH_PROCESSES = 1_500_000
"""Bytes of Markdown, about a third of a second of rendering: as long as a process takes to start."""


class Renderer(Protocol):
    """Renders lists of texts."""

    async def show(self, texts: Sequence[Text]) -> list[Shown]:
        """Every text, in order."""


class LocalRenderer:
    """Renders in a thread of this process."""

    async def show(self, texts: Sequence[Text]) -> list[Shown]:
        """Every text, in order."""
        return await asyncio.to_thread(lambda: [show(text) for text in texts])


class ProcessRenderer:
    """Renders in processes that are there already; each does one list at a time."""

    def __init__(self, processes: Sequence[Process]) -> None:
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        for process in processes:
            self._idle.put_nowait(process)

    async def show(self, texts: Sequence[Text]) -> list[Shown]:
        """Every text, in order. Raises UnavailableError when the process dies."""
        if not texts:
            return []
        process = await self._idle.get()
        try:
            return shown_from_json(await _ask(process, orjson.dumps(list(texts))))
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise UnavailableError(
                "renderer-died",
                "A process that renders Markdown has died.",
                "Import again; nothing was written. The system may be out of memory.",
            ) from error
        finally:
            self._idle.put_nowait(process)


@asynccontextmanager
async def open_renderer(characters: int, workers: int | None) -> AsyncIterator[Renderer]:
    """A renderer for about so much text. `workers` None decides by the amount; 0 is this process."""
    # One core is left to this process and PostgreSQL, which have about as much to do as a renderer.
    wanted = max(1, (os.cpu_count() or 1) - 1) if characters >= _WORTH_PROCESSES else 0
    count = wanted if workers is None else workers
    if count < 1:
        yield LocalRenderer()
        return
    processes = [await _start() for _ in range(count)]
    try:
        yield ProcessRenderer(processes)
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()  # it only computes: there is nothing to finish
            await process.wait()


async def _start() -> Process:
    # -P: the program's own folder is not where modules are looked up.
    command = (sys.executable, "-P", str(rendering.__file__))
    return await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)


async def _ask(process: Process, question: bytes) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise AssertionError("unreachable: both are pipes")
    process.stdin.write(LENGTH.pack(len(question)) + question)
    await process.stdin.drain()
    (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
    return await process.stdout.readexactly(length)
