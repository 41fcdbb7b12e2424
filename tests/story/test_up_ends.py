"""However `masthead up` ends, it leaves no process behind."""

import signal
from pathlib import Path

import psutil
import pytest
from tests.story.conftest import StartUp, all_gone


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_everything_when_asked(start_up: StartUp, publication: Path, number: signal.Signals) -> None:
    """Ctrl-C and a service manager's stop: exit status 0, nothing left."""
    up = start_up(publication).wait_until_ready()
    processes = up.children()
    assert len(processes) > 3  # the API, Node, the watchman, PostgreSQL's
    up.send(number)
    assert up.wait() == 0
    assert all_gone(processes)


def test_killed_it_is_cleaned_up_after(start_up: StartUp, publication: Path) -> None:
    """SIGKILL cannot be handled: the watchman stops what is left, and the next start finds all well."""
    up = start_up(publication).wait_until_ready()
    processes = up.children()
    up.send(signal.SIGKILL)
    assert up.wait() == -signal.SIGKILL
    assert all_gone(processes)
    again = start_up(publication).wait_until_ready()
    with again.client() as client:
        assert "The first post" in client.get("/posts/first").text


def test_stopped_while_it_starts_it_leaves_nothing(start_up: StartUp, publication: Path) -> None:
    """An impatient Ctrl-C is no different."""
    up = start_up(publication)
    data = publication / ".masthead" / "postgres"
    while not (data / "postmaster.pid").exists():
        assert psutil.pid_exists(up.pid)
    processes = psutil.Process(up.pid).children(recursive=True)
    up.send(signal.SIGINT)
    assert up.wait() == 0
    assert all_gone(processes)
    assert not (data / "postmaster.pid").exists()
