"""The supervisor's end of the pipe to its watchman, who cleans up after a supervisor that was killed."""

import asyncio
import sys
from pathlib import Path


class Watchman:
    """Knows every child. When the pipe breaks without a farewell, it stops what it knows."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None:
            raise AssertionError("unreachable: started with a pipe")
        self._process = process
        self._pipe = process.stdin

    def watch(self, pid: int) -> None:
        """This process group must not outlive the supervisor."""
        self._tell(f"watch {pid}")

    def forget(self, pid: int) -> None:
        """It has ended."""
        self._tell(f"forget {pid}")

    def watch_server(self, folder: Path) -> None:
        """Nor must the embedded PostgreSQL of this data folder."""
        self._tell(f"server {folder}")

    async def dismiss(self) -> None:
        """All has been stopped: go."""
        self._tell("farewell")
        self._pipe.close()
        await self._process.wait()

    def _tell(self, line: str) -> None:
        if not self._pipe.is_closing():
            self._pipe.write(f"{line}\n".encode())


async def start_watchman() -> Watchman:
    """Start it, in a session of its own: what kills the supervisor's group does not reach it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-S",  # the standard library is all it needs: it is there in 20 ms and stays small
        str(Path(__file__).with_name("watchman.py")),
        stdin=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    return Watchman(process)
