"""What cannot be started is told at once, with the remedy, before anything is touched."""

import socket
import subprocess
import sys
from pathlib import Path

from tests.story.conftest import SMALL_SITE, StartUp, _environment


def refused(*arguments: str, **environment: str) -> str:
    """Standard error of `masthead up` that ends with status 1."""
    finished = subprocess.run(
        [sys.executable, "-m", "masthead.cli", "up", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=_environment({"MASTHEAD_SITE_DIR": str(SMALL_SITE), **environment}),
    )
    assert finished.returncode == 1, finished.stderr
    return finished.stderr


def test_a_taken_port(publication: Path) -> None:
    """Which port, and how to choose another; no data folder is made."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = refused(str(publication), "--port", str(port))
    assert f"Port {port} on 127.0.0.1 is taken by another program." in told
    assert f"`--port {port + 1}`" in told
    assert not (publication / ".masthead").exists()


def test_a_second_up_on_the_same_data(empty_database_url: str, start_up: StartUp, publication: Path) -> None:
    """It is told who the first is, and the first goes on."""
    up = start_up(publication, DATABASE_URL=empty_database_url).wait_until_ready()
    told = refused(str(publication), "--port", "0")
    assert f"process {up.pid}, {up.address}" in told
    assert "`--data`" in told
    with up.client() as client:
        assert client.get("/healthz").status_code == 200


def test_a_missing_folder(tmp_path: Path) -> None:
    """Named, with the way to a new one."""
    assert "`masthead new DIR` makes one" in refused(str(tmp_path / "nowhere"))


def test_a_wrong_setting(publication: Path) -> None:
    """One error names the variable, the value and what would be right."""
    told = refused(str(publication), MASTHEAD_LOG_LEVEL="loud")
    assert 'The setting MASTHEAD_LOG_LEVEL "loud" is wrong' in told


def test_a_missing_site(publication: Path, tmp_path: Path) -> None:
    """How to build one."""
    told = refused(str(publication), "--port", "0", MASTHEAD_SITE_DIR=str(tmp_path))
    assert "`make install` builds it" in told


def test_a_database_that_does_not_answer(publication: Path) -> None:
    """The password is not in what is told."""
    told = refused(str(publication), "--port", "0", DATABASE_URL="postgresql://me:hush@127.0.0.1:1/none")
    assert "PostgreSQL does not answer" in told
    assert "hush" not in told


def test_a_mistake_in_content_py(publication: Path, empty_database_url: str) -> None:
    """File, line and remedy; the database is not touched."""
    (publication / "content.py").write_text(
        "import masthead as mh\n\nclass Post(mh.Entry):\n    title: complex\n"
    )
    told = refused(str(publication), "--port", "0", DATABASE_URL=empty_database_url)
    assert "content.py" in told
    assert "Post.title" in told
