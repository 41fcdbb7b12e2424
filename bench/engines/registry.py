"""The engines by name, each a function that starts it over a database."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from bench.engines.running import Running, free_port, started
from bench.peers import node
from bench.peers.directus.engine import directus
from bench.peers.install import is_installed
from bench.peers.payload.engine import payload
from bench.peers.postgraphile import documents as words
from bench.peers.strapi.engine import strapi

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
def masthead(url: str, megabytes: int = 0) -> Iterator[Running]:
    """`masthead serve api`, as it is installed: with its request lines (to a file) and its measures. But it
    keeps no answers, so that each of them is asked of PostgreSQL, as the others do."""
    port = free_port()
    environment = {
        "DATABASE_URL": url,
        "PORT": str(port),
        "MASTHEAD_LOG_FORMAT": "json",
        "MASTHEAD_ANSWER_CACHE_MB": str(megabytes),
    }
    with started([sys.executable, "-m", "masthead.cli", "serve", "api"], port, environment) as running:
        yield running


@contextmanager
def strawberry(url: str) -> Iterator[Running]:
    """Strawberry, SQLAlchemy and DataLoader on uvicorn."""
    port, folder = free_port(), PEERS / "strawberry"
    address = urlsplit(url)
    # SQLAlchemy's spelling of a Unix socket.
    database = f"postgresql+asyncpg://postgres@/{address.path.strip('/')}?{address.query}"
    command = [
        str(folder / ".venv" / "bin" / "python"), "-m", "uvicorn", "--host", "127.0.0.1", "--port", str(port),
        "--loop", "uvloop", "--http", "httptools", "--log-level", "warning", "server:app",
    ]  # fmt: skip
    with started(command, port, {"DATABASE_URL": database}, cwd=folder) as running:
        yield running


@contextmanager
def postgraphile(url: str) -> Iterator[Running]:
    """PostGraphile 5 on Node."""
    port = free_port()
    command = [node.NODE, "server.mjs"]
    environment = {"DATABASE_URL": url, "PORT": str(port), "NODE_ENV": "production"}
    with started(command, port, environment, cwd=node.place("postgraphile")) as running:
        yield replace(running, documents=words.DOCUMENTS, normal=words.normal)


PEERS = Path(__file__).parents[1] / "peers"

ENGINES: dict[str, Start] = {
    "bare": bare,
    "masthead": masthead,
    "masthead, answers kept": partial(masthead, megabytes=32),
    "directus": directus,
    "payload": payload,
    "postgraphile": postgraphile,
    "strapi": strapi,
    "strawberry": strawberry,
}


def installed() -> list[str]:
    """Those that can be started; says which peers are not there."""
    found = [name for name in ENGINES if name.startswith(("bare", "masthead")) or is_installed(name)]
    for name in ENGINES.keys() - set(found):
        print(f"{name} is not installed and takes no part: python -m bench.peers.install {name}")
    return found
