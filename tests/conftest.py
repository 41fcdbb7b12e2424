"""What every test shares: one real PostgreSQL for the session, a template database, a clone for each test.

The controller of pytest-xdist starts the server; its workers are told the URL. Set
MASTHEAD_TEST_DATABASE_URL to run against another server (PostgreSQL 15 to 18).
"""

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import asyncpg
import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from masthead.model import default_model
from masthead.store import Database, apply_model, embedded_server, open_database

TEMPLATE = "masthead_template"

settings.register_profile(
    "masthead",
    deadline=None,  # a timed assertion would fail on a busy machine and prove nothing
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("masthead")

_server = ExitStack()
_url = pytest.StashKey[str]()
_numbers = count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Workers learn the server's URL from the controller."""
    given = getattr(config, "workerinput", {}).get("server_url") or os.environ.get(
        "MASTHEAD_TEST_DATABASE_URL"
    )
    if given:
        config.stash[_url] = given


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is generated is not measured for coverage: it takes two and a half times as long beneath the
    tracer, and a line that nothing but luck reaches is not covered. Others are marked in their modules."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("no_cover")


def pytest_configure_node(node: object) -> None:
    """Called in the controller once a worker: hand over the URL."""
    node.workerinput["server_url"] = _start_server(node.config)  # type: ignore[attr-defined]  # xdist's node


def pytest_unconfigure(config: pytest.Config) -> None:
    """The server ends with the session."""
    _server.close()


def _start_server(config: pytest.Config) -> str:
    if _url not in config.stash:
        folder = Path(tempfile.mkdtemp(prefix="masthead-test-"))
        _server.callback(shutil.rmtree, folder, ignore_errors=True)
        config.stash[_url] = _server.enter_context(embedded_server(folder))
    if not getattr(config, "_masthead_template", False):
        asyncio.run(_make_template(config.stash[_url]))
        config._masthead_template = True  # type: ignore[attr-defined]  # once a session
    return config.stash[_url]


async def _make_template(url: str) -> None:
    connection = await asyncpg.connect(url)
    # These data are thrown away: nothing is lost by not waiting for the disk.
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        await connection.execute(f"ALTER SYSTEM SET {setting} = off")
    await connection.execute("ALTER SYSTEM SET max_connections = 200")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.execute(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
    await connection.execute(f"CREATE DATABASE {TEMPLATE}")
    await connection.close()
    async with open_database(with_database(url, TEMPLATE), size=1) as database:
        await apply_model(database, default_model())


def with_database(url: str, name: str) -> str:
    """`url` with another database name."""
    return re.sub(r"^(postgres(?:ql)?://[^/]*/)[^?]*", rf"\g<1>{name}", url)


async def execute(url: str, statement: str) -> None:
    """One statement, on a connection of its own."""
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


@pytest.fixture(scope="session")
def server_url(request: pytest.FixtureRequest) -> str:
    """The URL of the session's PostgreSQL (its maintenance database)."""
    if hasattr(request.config, "workerinput"):
        return request.config.stash[_url]
    return _start_server(request.config)


@pytest.fixture
async def empty_database_url(server_url: str) -> AsyncIterator[str]:
    """A database with nothing in it."""
    async for url in _database(server_url, ""):
        yield url


@pytest.fixture
async def database_url(server_url: str) -> AsyncIterator[str]:
    """A database with the default publication's model applied and no entries."""
    async for url in _database(server_url, f"TEMPLATE {TEMPLATE} STRATEGY FILE_COPY"):
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """`database_url`, open, with the anonymous pool too."""
    async with open_database(database_url, size=4) as opened:
        await opened.open_public(size=2)
        yield opened


async def _database(server_url: str, options: str) -> AsyncIterator[str]:
    name = f"test_{os.getpid()}_{next(_numbers)}"
    connection = await asyncpg.connect(server_url)
    await connection.execute(f"CREATE DATABASE {name} {options}")
    try:
        yield with_database(server_url, name)
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real material beside the checkout: two blogs and a draft. Not part of the project."""
    folder = Path(__file__).parents[2] / "shared"
    if not (folder / "corpora").is_dir():
        pytest.skip("the shared corpora are not here: tests over real blogs do not run")
    return folder
