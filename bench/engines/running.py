"""A server under measurement: how it is started, asked, and what it spends."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # it carries no types

from bench.engines.asked import Operation

LONGEST_START = 120.0
"""Seconds that a server may take to its first answer."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers GraphQL over HTTP on a loopback port."""

    port: int
    process: psutil.Process
    path: str = "/graphql"
    documents: Mapping[str, str] = field(default_factory=dict)
    normal: Callable[[Any], Any] = lambda data: data

    def cpu_seconds(self) -> float:
        """Processor time of the server and its children so far."""
        return sum(_cpu(each) for each in [self.process, *self.process.children(recursive=True)])

    def memory(self) -> float:
        """Proportional set size of the server and its children, in MB."""
        found = [self.process, *self.process.children(recursive=True)]
        return float(sum(each.memory_full_info().pss for each in found) / 1e6)

    def body(self, operation: Operation, slug: str) -> bytes:
        """The JSON that a client posts."""
        asked: dict[str, Any] = {"query": self.documents.get(operation.name, operation.document)}
        if operation.has_slug:
            asked["variables"] = {"slug": slug}
        asked["operationName"] = operation.name
        return json.dumps(asked).encode()

    def ask(self, operation: Operation, slug: str) -> Any:
        """GraphQL's `data`, in the bench's own words."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{self.path}",
            self.body(operation, slug),
            {"content-type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                found = json.load(answer)
        except urllib.error.HTTPError as error:
            sys.exit(f"{operation.name}: {error} {error.read(2000)!r}")
        if "errors" in found:
            sys.exit(f"{operation.name}: {found['errors']}")
        return self.normal(found["data"])


def postgres_cpu_seconds(postmaster: int) -> float:
    """Processor time of every process of the database server so far."""
    process = psutil.Process(postmaster)
    return sum(_cpu(each) for each in [process, *process.children()])


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


@contextmanager
def started(
    command: Sequence[str],
    port: int,
    environment: Mapping[str, str],
    path: str = "/graphql",
    cwd: Path | None = None,
) -> Iterator[Running]:
    """The server that `command` starts, once it answers; its output is shown when it does not."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT, cwd=cwd
        )
        try:
            _wait(port, path, process, log)
            yield Running(port, psutil.Process(process.pid), path)
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int, path: str, process: "subprocess.Popen[bytes]", log: Any) -> None:
    deadline = time.monotonic() + LONGEST_START
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        json.dumps({"query": "query Q2 { __typename }", "operationName": "Q2"}).encode(),
        {"content-type": "application/json"},
    )
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(request, timeout=10).close()
        except (OSError, urllib.error.URLError):
            time.sleep(0.05)
        else:
            return
    log.seek(0)
    sys.exit(f"The server does not answer:\n{log.read()[-4000:]}")
