"""DATABASE_URL replaces the embedded server with any PostgreSQL 15 to 18; each role starts alone."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.story.conftest import StartUp, _environment

from masthead.roles.listen import open_listener

FIFTEEN = Path("/usr/lib/postgresql/15/bin")


def test_the_embedded_server_is_not_started(
    empty_database_url: str, start_up: StartUp, publication: Path
) -> None:
    """The publication is in the database that was named."""
    up = start_up(publication, DATABASE_URL=empty_database_url).wait_until_ready()
    assert not (publication / ".masthead" / "postgres").exists()
    with up.client() as client:
        assert "The first post" in client.get("/posts/first").text


def test_postgresql_15(start_up: StartUp, publication: Path, postgresql_15: str) -> None:
    """The oldest that is supported."""
    up = start_up(publication, DATABASE_URL=postgresql_15).wait_until_ready()
    with up.client() as client:
        assert "The first post" in client.get("/posts/first").text
        assert client.get("/old/place.html").headers["location"] == "/posts/moved"


@pytest.fixture
def postgresql_15() -> Iterator[str]:
    """A PostgreSQL 15 of this test's own, where one is installed."""
    if not FIFTEEN.is_dir():
        pytest.skip(f"PostgreSQL 15 is not in {FIFTEEN}: the oldest supported version is not tested here")
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="masthead-15-"))
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)

    def run(program: str, *arguments: str) -> None:
        command = [str(FIFTEEN / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    try:
        run("initdb", "--auth=trust", "--username=postgres", "--no-sync")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"-h '' -k {folder} -F", "start")
        yield f"postgresql://postgres@/postgres?host={folder}"
        run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_the_api_role_alone_needs_a_publication(empty_database_url: str) -> None:
    """An empty database is told apart from one that does not answer."""
    with open_listener("127.0.0.1", 0) as free:
        port = str(free.getsockname()[1])
    finished = subprocess.run(
        [sys.executable, "-m", "masthead.cli", "serve", "api"],
        capture_output=True,
        text=True,
        check=False,
        env=_environment({"DATABASE_URL": empty_database_url, "PORT": port}),
    )
    assert finished.returncode == 1
    assert "There is no publication in this database yet." in finished.stderr


def test_the_api_role_alone_needs_a_database() -> None:
    """The variable that is missing is named."""
    finished = subprocess.run(
        [sys.executable, "-m", "masthead.cli", "serve", "api"],
        capture_output=True, text=True, check=False, env=_environment({"PORT": "0"}),
    )  # fmt: skip
    assert finished.returncode == 1
    assert "DATABASE_URL" in finished.stderr
