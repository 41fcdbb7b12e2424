"""A proxy between a process and PostgreSQL that does to connections what networks do to them."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit


class _Pipe:
    """One direction of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.is_shut = False

    async def run(self, hold: Callable[[], Awaitable[None]]) -> None:
        """Pass on what comes, in order, each piece when `hold` is over."""
        with suppress(OSError):
            while data := await self._reader.read(65536):
                await hold()
                if not self.is_shut:
                    self._writer.write(data)
                    await self._writer.drain()
            self.shut()

    def shut(self) -> None:
        """Nothing comes this way any more, the other way does: a connection that is half closed."""
        self.is_shut = True
        with suppress(OSError, RuntimeError):
            self._writer.write_eof()

    def swallow(self) -> None:
        """What comes this way is lost, and nobody is told."""
        self.is_shut = True

    def cut(self) -> None:
        """Both ways, at once, with a reset."""
        self._writer.transport.abort()


class ChaosProxy:
    """Listens on a port of its own for a server at a Unix socket. Each piece of data is late by up to `delay`
    seconds."""

    def __init__(self, url: str, seed: int) -> None:
        self._split = urlsplit(url)
        self._chance = random.Random(seed)
        self._pipes: dict[_Pipe, None] = {}
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._may_pass = asyncio.Event()
        self._may_pass.set()
        self.delay = 0.0

    async def open(self) -> str:
        """Begin to listen; the URL of the database by way of this proxy."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        user = self._split.username or "postgres"
        return f"postgresql://{user}@127.0.0.1:{port}{self._split.path}?sslmode=disable"

    async def close(self) -> None:
        """Cut everything, and listen no more."""
        if self._server is not None:
            self._server.close()
        self.cut()
        self.go_on()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def cut(self) -> None:
        """Reset every connection."""
        for pipe in list(self._pipes):
            pipe.cut()

    def half_close(self) -> None:
        """Close one direction of every connection, whichever; the other goes on."""
        for pipe in self._pipes:
            if self._chance.random() < 0.5:
                pipe.shut()

    def swallow(self) -> None:
        """Lose what one direction of every connection brings from now on."""
        for pipe in self._pipes:
            if self._chance.random() < 0.5:
                pipe.swallow()

    def be_silent(self) -> None:
        """Hold everything back."""
        self._may_pass.clear()

    def go_on(self) -> None:
        """Pass on what was held back, also what nobody waits for any more, and be as if nothing had been."""
        self._may_pass.set()
        self.delay = 0.0

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        folder = parse_qs(self._split.query)["host"][0]
        try:
            up_reader, up_writer = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")
        except OSError:
            writer.transport.abort()
            return
        pipes = (_Pipe(reader, up_writer), _Pipe(up_reader, writer))
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._pipes.update(dict.fromkeys(pipes))
        try:
            await asyncio.gather(*(pipe.run(self._hold) for pipe in pipes))
        finally:
            self._tasks.discard(task)
            for pipe in pipes:
                pipe.cut()
                del self._pipes[pipe]

    async def _hold(self) -> None:
        if self.delay:
            await asyncio.sleep(self._chance.uniform(0, self.delay))
        await self._may_pass.wait()
