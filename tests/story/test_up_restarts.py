"""What dies is started again, and the public port stays open meanwhile."""

import re
import signal
from pathlib import Path

import httpx
import pytest
from tests.story.conftest import StartUp, Up, all_gone


@pytest.mark.parametrize(("mark", "process"), [("--socket", "api"), ("server.js", "site")])
def test_a_killed_process_is_started_again(
    empty_database_url: str, start_up: StartUp, publication: Path, mark: str, process: str
) -> None:
    """kill -9: the next request is answered all the same, and the restart is logged and counted."""
    up = start_up(publication, DATABASE_URL=empty_database_url).wait_until_ready()
    victim = up.child(mark)
    victim.kill()
    assert all_gone([victim])
    with up.client() as client:
        assert _asked_until(client, "/posts/first", 200).text.startswith("<!doctype html>")
        assert _restarts(_asked_until(client, "/metrics", 200).text, process) == 1
    assert up.wait_for_line(event="process.died", process=process)


def test_a_killed_postgresql_is_started_again(start_up: StartUp, publication: Path) -> None:
    """A kept page is served while it is certain that it is good, and is asked for again from then on; then
    it is as before."""
    up = start_up(publication).wait_until_ready()
    with up.client() as client:
        client.get("/posts/first")
        postmaster = up.child("-D")
        postmaster.kill()
        answer = client.get("/posts/first")
        assert (answer.status_code, "retry-after" in answer.headers) in {(200, False), (503, True)}
        # Orphaned backends may answer for a moment: only the count says that there is a new server.
        assert all_gone([postmaster])
        while _restarts(client.get("/metrics").text, "postgres") == 0:
            assert not up.has_ended
        assert _asked_until(client, "/readyz", 200).json()["parts"]["database"] == "ok"
        assert _asked_until(client, "/posts/moved", 200)
        assert _asked_until(client, "/posts/first", 200)


def test_what_cannot_live_is_given_up(start_up: StartUp, publication: Path, tmp_path: Path) -> None:
    """After a few instant deaths it ends with one clear error, and nothing runs."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "server.js").write_text("throw new Error('no such luck')")
    up = start_up(publication, MASTHEAD_SITE_DIR=str(tmp_path / "broken"))
    assert up.wait() == 1
    log = up.log.read_text()
    assert "masthead: The site process ends as soon as it is started (exit status 1)." in log
    assert "no such luck" in log


def _asked_until(client: httpx.Client, path: str, status: int) -> httpx.Response:
    """Ask until the answer is `status`: a refused connection or a 503 with Retry-After may come before."""
    while True:
        try:
            answer = client.get(path)
        except httpx.RemoteProtocolError:  # it died while it was answering
            continue
        if answer.status_code == status:
            return answer
        assert answer.status_code in (502, 503), answer.text


def _restarts(metrics: str, process: str) -> int:
    found = re.search(rf'masthead_process_restarts_total{{process="{process}"}} (\d+)', metrics)
    return int(found[1]) if found else 0


def test_signals_are_named(empty_database_url: str, start_up: StartUp, publication: Path) -> None:
    """The log says how a process died."""
    up: Up = start_up(publication, DATABASE_URL=empty_database_url).wait_until_ready()
    up.child("server.js").send_signal(signal.SIGSEGV)
    line = up.wait_for_line(event="process.died")
    assert (line["process"], line["how"]) == ("site", "SIGSEGV")
