"""One child process, kept running: started again when it dies, given up when it cannot live."""

import asyncio
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from masthead.kernel import UnavailableError
from masthead.roles.supervisor.watchman_link import Watchman

log = structlog.get_logger("masthead.up")

FIRST_DELAY, LONGEST_DELAY = 0.1, 5.0
"""Seconds before a process is started again: doubled at each death, back to the first after a good life."""

INSTANT = 3.0
"""Seconds: a process that dies sooner did not really start."""

MOST_INSTANT_DEATHS = 5

GRACE = 5.0
"""Seconds from the request to stop until a process is killed."""


@dataclass(frozen=True, slots=True)
class Command:
    """How a process is started. `is_piped` makes its output log lines of the supervisor's.

    `word` is written to its standard input once it is known: a secret that no environment shows.
    """

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    sockets: tuple[int, ...] = ()
    is_piped: bool = False
    word: "asyncio.Future[str] | None" = None


@dataclass(slots=True)
class Backoff:
    """How long to wait before the next start. Pure: it is told how long each life lasted."""

    deaths: int = 0
    delay: float = FIRST_DELAY

    def after(self, lived: float) -> float | None:
        """Seconds to wait after a life of `lived` seconds; None when it is hopeless."""
        if lived >= INSTANT:
            self.deaths, self.delay = 0, FIRST_DELAY
            return FIRST_DELAY
        self.deaths += 1
        if self.deaths >= MOST_INSTANT_DEATHS:
            return None
        delay, self.delay = self.delay, min(self.delay * 2, LONGEST_DELAY)
        return delay


@dataclass(slots=True)
class Child:
    """A child process. `run` keeps it alive until it is cancelled or hopeless; `stop` ends it."""

    command: Command
    watchman: Watchman
    on_restart: Callable[[str], None]
    _process: asyncio.subprocess.Process | None = None
    _backoff: Backoff = field(default_factory=Backoff)
    _is_replaced: bool = False

    async def run(self) -> None:
        """Start it, and again each time it dies. Raises UnavailableError after repeated instant deaths."""
        clock = asyncio.get_running_loop().time
        while True:
            start = clock()
            status = await self._live()
            if self._is_replaced:
                self._is_replaced = False
                continue
            delay = self._backoff.after(clock() - start)
            if delay is None:
                raise UnavailableError(
                    "process-dies",
                    f"The {self.command.name} process ends as soon as it is started ({_spell(status)}).",
                    "Its last log lines say why.",
                )
            name = self.command.name
            log.warning("process.died", process=name, how=_spell(status), again_in=delay)
            await asyncio.sleep(delay)
            self.on_restart(name)

    async def replace(self) -> None:
        """Stop it; `run` starts it again at once, with nothing counted."""
        self._is_replaced = self._process is not None
        await self.stop()

    async def stop(self) -> None:
        """Ask its process group to end, and make it after a few seconds."""
        process = self._process
        if process is None:
            return
        _signal_group(process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), GRACE)
        except TimeoutError:
            log.warning("process.killed", process=self.command.name, after=GRACE)
        _signal_group(process.pid, signal.SIGKILL)  # whatever it started itself
        await process.wait()

    async def _live(self) -> int:
        command = self.command
        output = asyncio.subprocess.PIPE if command.is_piped else None
        process = await asyncio.create_subprocess_exec(
            *command.arguments,
            env=dict(command.environment),
            pass_fds=command.sockets,
            stdin=asyncio.subprocess.DEVNULL if command.word is None else asyncio.subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops all in order
        )
        self._process = process
        self.watchman.watch(process.pid)
        log.debug("process.started", process=command.name, pid=process.pid)
        telling = asyncio.create_task(_tell(process.stdin, command.word))
        await asyncio.gather(self._relay(process.stdout, log.debug), self._relay(process.stderr, log.warning))
        status = await process.wait()
        telling.cancel()
        self.watchman.forget(process.pid)
        self._process = None
        return status

    async def _relay(self, lines: asyncio.StreamReader | None, tell: Callable[..., object]) -> None:
        """Its output as log lines, until it closes it. A line longer than the buffer is lost."""
        while lines is not None:
            try:
                line = await lines.readline()
            except ValueError:  # longer than the reader's limit; what was read of it is gone
                continue
            if not line:
                return
            if text := line.decode(errors="replace").rstrip():
                tell("output", process=self.command.name, line=text)


async def _tell(pipe: asyncio.StreamWriter | None, word: "asyncio.Future[str] | None") -> None:
    if pipe is not None and word is not None:
        pipe.write(f"{await asyncio.shield(word)}\n".encode())
        with suppress(OSError):  # it died before it could listen
            await pipe.drain()
        pipe.close()


def _signal_group(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _spell(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
