"""A judge that cannot find anything proves nothing: servers with each of the faults are found out."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest
from tests.story.fuzz import Bounds, FoundError, Judge, Request
from tests.story.fuzz.exchange import Answer, End, http

SERVER = Path(__file__).parent / "fuzz" / "faulty_server.py"
BOUNDS = Bounds(cpu=0.4, patience=2, growth=2 * 2**20)
"""The server burns half a second, and keeps a MiB each tenth request."""

JudgeOf = Callable[[str], Judge]


@pytest.fixture
def judge_of() -> Iterator[JudgeOf]:
    """The judge of a new server with a fault."""
    with ExitStack() as stack:

        def start(fault: str) -> Judge:
            command = [sys.executable, str(SERVER), fault]
            process = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            stack.callback(process.kill)
            assert process.stdout is not None
            port = int(process.stdout.readline())
            judge = Judge(port, psutil.Process(process.pid), bounds=BOUNDS)
            stack.callback(judge.close)
            return judge

        yield start


def ask_thrice_ten_times(judge: Judge, end: End = End.WAIT) -> None:
    """Enough for three faults, and for a growth of three MiB."""
    judge.settle()
    for number in range(30):
        judge.ask(Request("plain", http("GET", f"/{number}"), end))
    judge.check_memory()


@pytest.mark.parametrize("end", [End.WAIT, End.SHUT])
def test_a_server_without_a_fault_passes(judge_of: JudgeOf, end: End) -> None:
    """Otherwise the rest would prove nothing."""
    judge = judge_of("none")
    ask_thrice_ten_times(judge, end)
    assert judge.statuses == {"plain 200": 30}


@pytest.mark.parametrize(
    ("fault", "finding"),
    [
        ("fails", "a failure, b'HTTP/1.0 500"),
        ("fails inside", "SERVER_ERROR"),
        ("burns", "s of processor time for plain"),
        ("grows", "memory grew by"),
        ("hangs", "no answer within 2 s to plain"),
        ("says nothing", "closed without an answer"),
    ],
)
def test_a_fault_is_found_and_its_request_named(judge_of: JudgeOf, fault: str, finding: str) -> None:
    """The tenth request met it, and the finding says so."""
    with pytest.raises(FoundError, match=finding) as found:
        ask_thrice_ten_times(judge_of(fault))
    assert fault == "grows" or "GET /9 HTTP/1.1" in str(found.value)


@pytest.mark.parametrize("end", [End.WAIT, End.SHUT])
def test_a_server_that_dies_is_found(judge_of: JudgeOf, end: End) -> None:
    """With the request that killed it, or with one after it: the kernel closes what a process has open, one
    thing after the other, before the process is gone."""
    with pytest.raises(FoundError, match=r"ended with plain|closed without an answer|nothing listens"):
        ask_thrice_ten_times(judge_of("dies"), end)


def test_a_helper_that_burns_is_found(judge_of: JudgeOf) -> None:
    """A statement burns the processor of PostgreSQL and not of the server that waits for it."""
    burning = judge_of("burns")
    watching = Judge(burning.port, judge_of("none").process, [burning.process], BOUNDS)
    with pytest.raises(FoundError, match="processor time"):
        ask_thrice_ten_times(watching)


def test_a_pipeline_is_judged_by_its_worst_answer(judge_of: JudgeOf) -> None:
    """Not by its first, and not by its last."""
    answer = Answer(b"HTTP/1.1 200 OK\r\n\r\nyesHTTP/1.1 500 No\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n")
    assert answer.statuses == [200, 500, 404]
