"""The page "Edit with curl" does what it says: its blocks run as they stand, and answer what it shows."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.story.conftest import PATIENCE, Up
from tests.story.test_people import owner_secret

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial" / "edit-with-curl.md"
STEP = re.compile(r"```sh\n(?P<command>.*?)```(?:\n\n```(?:json|text)\n(?P<answer>.*?)```)?", re.DOTALL)
MARK = "-- walk-through: a step has ended --"


@pytest.fixture
def running(place: Path) -> Iterator[Up]:
    """A new publication with the shipped site, and its owner: the one whom the page names."""
    folder = place / "notes"
    folder.mkdir()
    up = Up(folder)
    try:
        up.wait_until_ready()
        with up.client() as client:
            _become_owner(client, owner_secret(up.printed))
        yield up
    finally:
        up.stop()


def _become_owner(client: httpx.Client, secret: str) -> None:
    email, password = re.findall(r"^(?:EMAIL|PASSWORD)='?([^'\n]*)'?$", PAGE.read_text(), re.MULTILINE)
    body = {"link": secret, "email": email, "name": "Ada", "password": password}
    origin = {"origin": str(client.base_url).rstrip("/")}
    assert client.post("/api/session/link", json=body, headers=origin).status_code == 200


def test_the_page_is_true(running: Up, place: Path) -> None:
    """Every block ends without an error and answers what is written below it."""
    if shutil.which("curl") is None:
        pytest.skip("LOUD: curl is not installed, so the walk-through was not executed")
    steps = [(each["command"], each["answer"]) for each in STEP.finditer(PAGE.read_text())]
    answers = _answers([command for command, _ in steps], running.address, place)
    for (command, expected), answer in zip(steps, answers, strict=True):
        assert expected is None or is_as_shown(answer, expected), f"{command}\nanswered:\n{answer}"


def test_another_answer_is_found_out() -> None:
    """What is elided may be anything; what is written must be there, in its order."""
    assert is_as_shown('{"id":"7","state":"draft"}', '{"id":"…","state":"draft"}')
    assert not is_as_shown('{"id":"7","state":"public"}', '{"id":"…","state":"draft"}')
    assert not is_as_shown("second\nfirst", "first\nsecond")
    assert not is_as_shown("first and more", "first")


def is_as_shown(answer: str, shown: str) -> bool:
    """Whether the answer is what a page shows of it, `…` being anything."""
    pattern = ".*".join(re.escape(part) for part in shown.strip().split("…"))
    return re.fullmatch(pattern, answer.strip(), re.DOTALL) is not None


def _answers(commands: list[str], address: str, folder: Path) -> list[str]:
    """What one shell prints for each of the blocks. It ends with the first command that fails."""
    script = f"\necho '{MARK}'\n".join(commands).replace("http://127.0.0.1:8000", address)
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, f"{done.stderr}\nafter:\n{done.stdout[-2000:]}"
    return done.stdout.split(MARK)
