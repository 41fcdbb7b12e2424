"""Real processes, real HTTP: `masthead up` as a user starts it, and what it leaves behind."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import httpx
import psutil
import pytest

SMALL_SITE = Path(__file__).parent / "small_site"
"""A site of 40 lines: what is about processes needs no Next."""

PATIENCE = 60
"""Seconds after which a story is stuck. Nothing waits so long: each wait ends with what it waits for."""


class Up:
    """A running `masthead up`."""

    def __init__(self, folder: Path, *arguments: str, log: Path | None = None, **environment: str) -> None:
        self.folder = folder
        self.log = log or folder.parent / f"{folder.name}.log"
        command = [sys.executable, "-m", "masthead.cli", "up", str(folder), "--port", "0", *arguments]
        with self.log.open("w") as stream:
            self._process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=stream, text=True, env=_environment(environment)
            )
        self.address = ""
        self.printed = ""

    @property
    def pid(self) -> int:
        """The supervisor."""
        return self._process.pid

    @property
    def output(self) -> IO[str]:
        """Its standard output."""
        assert self._process.stdout is not None
        return self._process.stdout

    def wait_until_ready(self) -> "Up":
        """Read what it prints until it says that it serves."""
        for line in self.output:
            self.printed += line
            if line.strip().startswith("Site"):
                self.address = line.split()[1].rstrip("/")
            if "Ctrl-C stops" in line:
                return self
        raise AssertionError(f"it ended with {self._process.wait()}: {self.log.read_text()}")

    def client(self) -> httpx.Client:
        """HTTP against it; redirects are shown, not followed."""
        return httpx.Client(base_url=self.address, timeout=PATIENCE)

    def children(self) -> list[psutil.Process]:
        """All processes that it started, PostgreSQL's too."""
        found = psutil.Process(self.pid).children(recursive=True)
        pid_file = self.folder / ".masthead" / "postgres" / "postmaster.pid"
        if pid_file.exists():
            postmaster = psutil.Process(int(pid_file.read_text().split("\n")[0]))
            found += [postmaster, *postmaster.children(recursive=True)]
        return found

    def child(self, mark: str) -> psutil.Process:
        """The one whose command line has `mark` in it."""
        (found,) = [process for process in self.children() if mark in " ".join(process.cmdline())]
        return found

    @property
    def has_ended(self) -> bool:
        """Whether the supervisor is gone."""
        return self._process.poll() is not None

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def wait(self) -> int:
        """Its exit status, once it has ended."""
        return self._process.wait(PATIENCE)

    def lines(self) -> list[dict[str, object]]:
        """What it and its children logged, as far as lines are whole."""
        whole = (line for line in self.log.read_text().splitlines(keepends=True) if line.endswith("\n"))
        return [json.loads(line) for line in whole if line.startswith("{")]

    def wait_for_line(self, **values: object) -> dict[str, object]:
        """The first logged line with these values. An answer may arrive before its line is written."""
        while True:
            for line in self.lines():
                if all(line.get(name) == value for name, value in values.items()):
                    return line
            assert not self.has_ended

    def stop(self) -> None:
        """End it, whatever state it is in."""
        if not self.has_ended:
            self.send(signal.SIGTERM)
            self.wait()
        self.output.close()


def _environment(given: dict[str, str]) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PORT")}
    return {**own, "MASTHEAD_LOG_FORMAT": "json", **given}


StartUp = Callable[..., Up]


@pytest.fixture
def start_up(place: Path) -> Iterator[StartUp]:
    """Start `masthead up` with the small site; all are stopped before their folder, `place`, goes."""
    with ExitStack() as stack:

        def start(folder: Path, *arguments: str, **environment: str) -> Up:
            up = Up(folder, *arguments, **{"MASTHEAD_SITE_DIR": str(SMALL_SITE), **environment})
            stack.callback(up.stop)
            return up

        yield start


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that PostgreSQL's user may enter when we are root: pytest's own ones shut others out."""
    with tempfile.TemporaryDirectory(prefix="masthead-story-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def thirty_posts() -> Iterator[Up]:
    """A publication of thirty posts by one author, for stories that only read."""
    with tempfile.TemporaryDirectory(prefix="masthead-story-") as folder:
        running = Up(_write_thirty_posts(Path(folder) / "thirty"), MASTHEAD_SITE_DIR=str(SMALL_SITE))
        try:
            yield running.wait_until_ready()
        finally:
            running.stop()


def _write_thirty_posts(folder: Path) -> Path:
    (folder / "posts").mkdir(parents=True)
    (folder / "masthead.toml").write_text('[site]\ntitle = "Thirty"\nbase_url = "https://thirty.example"\n')
    for day in range(1, 31):
        (folder / "posts" / f"post-{day:02}.md").write_text(
            f"---\ntitle: Post {day:02}\ndate: 2026-01-{day:02}\nauthors: [Ada Lovelace]\n---\n\nHello.\n"
        )
    return folder


@pytest.fixture
def publication(place: Path) -> Path:
    """A folder with three posts: one public, one that was elsewhere before, one draft."""
    return write_publication(place / "publication")


def write_publication(folder: Path) -> Path:
    """The smallest folder that shows every kind of thing."""
    (folder / "posts").mkdir(parents=True)
    write_post(folder, "first", "The first post", body="![A dot](dot.png)\n\nHello.")
    write_post(folder, "moved", "Moved here", aliases="\naliases: [/old/place.html]")
    write_post(folder, "secret", "Not yet", aliases="\ndraft: true", body="![A dot](draft.png)")
    (folder / "posts" / "dot.png").write_bytes(dot(0))
    (folder / "posts" / "draft.png").write_bytes(dot(255))
    (folder / "masthead.toml").write_text(
        '[site]\ntitle = "Small talk"\nbase_url = "https://small.example"\n'
    )
    return folder


def write_post(folder: Path, name: str, title: str, *, aliases: str = "", body: str = "Hello.") -> None:
    """Save a post, as an editor does."""
    text = f"---\ntitle: {title}\ndate: 2026-02-03{aliases}\n---\n\n{body}\n"
    (folder / "posts" / f"{name}.md").write_text(text)


def dot(shade: int) -> bytes:
    """A PNG of one grey pixel."""
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("L", (1, 1), shade).save(stream, "PNG")
    return stream.getvalue()


def all_gone(processes: list[psutil.Process]) -> bool:
    """Wait until these processes have ended; whether they have."""
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE)
    return not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
