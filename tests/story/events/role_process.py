"""A role as a process of its own, started as its users start it; it can be killed, stopped and continued."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path


class RoleProcess:
    """`masthead serve ROLE`, or any other program, with its log in a file."""

    def __init__(self, name: str, log: Path, url: str, *command: str, **environment: str) -> None:
        self.name = name
        self.log = log
        self._command = command or (sys.executable, "-m", "masthead.cli", "serve", name)
        own = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PORT")}
        self._environment = {**own, "MASTHEAD_LOG_FORMAT": "json", "DATABASE_URL": url, **environment}
        self.starts = 0
        self._process = self._start()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def start_again(self) -> None:
        """After it has ended."""
        self._process.wait()
        self._process = self._start()

    def end(self) -> None:
        """Whatever state it is in."""
        self._process.kill()
        self._process.wait()

    def logged(self, event: str) -> int:
        """How often it has logged an event, in whole lines, in all its lives."""
        whole = (line for line in self.log.read_text().splitlines(keepends=True) if line.endswith("\n"))
        return sum(json.loads(line).get("event") == event for line in whole if line.startswith("{"))

    def _start(self) -> "subprocess.Popen[bytes]":
        self.starts += 1
        with self.log.open("ab") as stream:
            return subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, env=self._environment
            )
