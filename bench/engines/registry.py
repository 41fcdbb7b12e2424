"""The engines by name, each a function that starts it over a database."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from bench.engines.running import Running, free_port, started

Start = Callable[[str], AbstractContextManager[Running]]


@contextmanager
def bare(url: str) -> Iterator[Running]:
    """The 30 lines behind granian."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--no-ws", "--loop", "uvloop", "bench.engines.servers.bare:app",
    ]  # fmt: skip
    with started(command, port, {"DATABASE_URL": url}) as running:
        yield running


@contextmanager
def masthead(url: str) -> Iterator[Running]:
    """`masthead serve api`, as it is installed: with its request lines (to a file) and its measures."""
    port = free_port()
    environment = {"DATABASE_URL": url, "PORT": str(port), "MASTHEAD_LOG_FORMAT": "json"}
    with started([sys.executable, "-m", "masthead.cli", "serve", "api"], port, environment) as running:
        yield running


ENGINES: dict[str, Start] = {"bare": bare, "masthead": masthead}
