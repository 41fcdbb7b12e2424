"""Whatever bytes arrive at a running server, it neither fails nor stalls nor grows nor dies.

The seed is printed; MASTHEAD_SEED repeats it. MASTHEAD_TORTURE=1 asks many more times.
"""

import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tests.story.conftest import SMALL_SITE, Up, _write_thirty_posts
from tests.story.fuzz import Judge, Request, documents, framings, parameters, queries
from tests.story.fuzz.exchange import End, http

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
REQUESTS = int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "45000")) if IS_TORTURE else 3500
WARM = REQUESTS // 3
"""Requests after which what the server keeps (plans, pages, parsed names, arenas) is nearly all there: memory
rises by some 20 MB in the first 10,000, and by next to nothing from there to 30,000."""

FAMILIES = [framings, parameters, queries]
BODY = b'{"query":"{ site { title } }"}'
JSON = "Content-Type: application/json\r\n"

ONCE_FOUND = [
    Request("NUL in a file's address", http("GET", "/assets/x%00")),
    Request("a stream for who did not ask for one", http("OPTIONS", "/-/changes")),
    Request("a body that is cut off", http("POST", "/graphql", JSON, BODY)[:-1], End.SHUT),
]
"""What this fuzz has found, asked first each time."""


@pytest.fixture
def up() -> Iterator[Up]:
    """A server of its own: what is kept of pages is bounded low, so that it is full early."""
    with tempfile.TemporaryDirectory(prefix="masthead-story-") as folder:
        running = Up(
            _write_thirty_posts(Path(folder) / "thirty"),
            MASTHEAD_SITE_DIR=str(SMALL_SITE),
            MASTHEAD_PAGE_CACHE_MB="1",
            MASTHEAD_GRAPHQL_PERSISTED_MB="1",
        )
        try:
            yield running.wait_until_ready()
        finally:
            running.stop()


@pytest.fixture
def judge(up: Up) -> Iterator[Judge]:
    """It watches the API process, and the processor time of Node and PostgreSQL too."""
    api = up.child("masthead.roles --socket")
    helpers = [each for each in up.children() if each.pid != api.pid]
    judge = Judge(int(up.address.rpartition(":")[2]), psutil.Process(api.pid), helpers)
    yield judge
    judge.close()


def test_nothing_that_arrives_does_harm(up: Up, judge: Judge) -> None:
    """No 5xx, no second of processor time for one request, no silence, 16 MiB at most after the first
    thousands, no traceback in the log; and the process is the same at the end."""
    seed = int(os.environ.get("MASTHEAD_SEED", random.randrange(2**32)))
    print(f"MASTHEAD_SEED={seed}")  # noqa: T201 - shown with a failure, to repeat it
    chance = random.Random(seed)
    for request in ONCE_FOUND:
        judge.ask(request)
    for number in range(REQUESTS):
        if number == WARM:
            judge.settle()
        judge.ask(chance.choice(FAMILIES)(chance))
    grown = judge.check_memory()
    print(f"grown by {grown:,} bytes; at most {judge.slowest[0]:.2f} s for {judge.slowest[1]:.200}")  # noqa: T201 - figures, not claims
    assert up.child("masthead.roles --socket").pid == judge.process.pid
    assert [line for line in up.lines() if line["level"] in ("error", "critical")] == []


def test_the_fuzz_reaches_what_it_is_for() -> None:
    """The same seed asks the same; the families are all there; many documents are nearly right."""
    one, other = random.Random(1), random.Random(1)
    asked = [make(one) for make in FAMILIES for _ in range(300)]
    assert asked == [make(other) for make in FAMILIES for _ in range(300)]
    assert len({request.family for request in asked}) == 17
    assert {request.end for request in asked} == {*End}
    assert len({documents(one) for _ in range(300)}) > 200
