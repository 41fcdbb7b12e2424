"""What people cost: the layer that tells who asks, the look-up of a session, reading while others sign in.

`python -m bench.people [--rounds N]` prints each beside its baseline of the same run, in interleaved rounds,
and writes bench/results/people.json. All is in one process over one PostgreSQL, as in an API process.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from masthead.access import OWNER
from masthead.model import default_model
from masthead.people import Client, Known, Passwords, People
from masthead.rest.people import Site
from masthead.roles.api.authentication import Authentication
from masthead.store import Database, apply_model, embedded_server, open_database

RESULTS = Path(__file__).parent / "results" / "people.json"
EMAIL, PASSWORD = "ada@example.org", "vessel quartz lantern"
SIGNING_IN = 50
"""Sign-ins that are under way at any moment."""

SECONDS = 1.0
"""Of reading in a round."""


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder,
        embedded_server(Path(folder)) as url,
    ):
        found = asyncio.run(_measure(url, options.rounds))
    for name, value in found.items():
        print(f"{name:55} {value:10.2f}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({**vars(options), **found}, indent=2) + "\n")


async def _measure(url: str, rounds: int) -> dict[str, float]:
    async with open_database(url) as database:
        await apply_model(database, default_model())
        await database.open_public(16)
        people = People(database, passwords=Passwords(threads=1, queue=SIGNING_IN))
        await people.joining.add(EMAIL, "Ada", [OWNER], PASSWORD, Client())
        try:
            return {**await _layer(people, rounds), **await _reading(database, people, rounds)}
        finally:
            people.close()


async def _layer(people: People, rounds: int) -> dict[str, float]:
    """Microseconds of a request that does nothing, without the layer and through it."""
    entrance = await people.signing_in.begin(EMAIL, PASSWORD, Client(), Known())
    layered = Authentication(_nothing, people.identity, Site())
    cookie = (b"cookie", b"__Host-masthead=" + entrance.session.secret.encode())
    asked: dict[str, Callable[[], Awaitable[None]]] = {
        "bare": lambda: _nothing(_scope(), _receive, _send),
        "anonymous": lambda: layered(_scope(), _receive, _send),
        "signed in": lambda: layered(_scope(cookie), _receive, _send),
    }
    times: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name, ask in asked.items():
            count = 500 if name == "signed in" else 20_000
            start = perf_counter()
            for _ in range(count):
                await ask()
            times[name].append((perf_counter() - start) / count * 1e6)
    bare, anonymous, signed_in = (statistics.median(times[name]) for name in asked)
    return {
        "the layer, for nobody: microseconds": anonymous - bare,
        "the layer, for a session: microseconds": signed_in - bare,
    }


async def _reading(database: Database, people: People, rounds: int) -> dict[str, float]:
    """Single statements, one behind the other: alone, and while others sign in."""
    alone: list[float] = []
    beside: list[float] = []
    entered = 0
    for _ in range(rounds):
        alone += await _read(database)
        tries = [asyncio.create_task(_sign_in_again(people, each)) for each in range(SIGNING_IN)]
        await asyncio.sleep(0)
        before = people.signing_in.outcomes["done"]
        beside += await _read(database)
        entered += people.signing_in.outcomes["done"] - before
        for each in tries:
            each.cancel()
        for found in await asyncio.gather(*tries, return_exceptions=True):
            if not isinstance(found, asyncio.CancelledError):
                raise AssertionError(f"a sign-in was refused: {found}")
    return {
        "reads a second, alone": len(alone) / sum(alone),
        f"reads a second, beside {SIGNING_IN} sign-ins": len(beside) / sum(beside),
        "sign-ins a second meanwhile": entered / (rounds * SECONDS),
        "p99 of a read, alone: milliseconds": statistics.quantiles(alone, n=100)[98] * 1e3,
        f"p99 of a read, beside {SIGNING_IN} sign-ins: milliseconds": statistics.quantiles(beside, n=100)[98]
        * 1e3,
    }


async def _read(database: Database) -> list[float]:
    found = []
    end = perf_counter() + SECONDS
    while (start := perf_counter()) < end:
        await database.public.fetch("SELECT number FROM live._generation")
        found.append(perf_counter() - start)
    return found


async def _sign_in_again(people: People, number: int) -> None:
    while True:
        await people.signing_in.begin(EMAIL, PASSWORD, Client(address=f"192.0.2.{number}"), Known())


def _scope(*more: tuple[bytes, bytes]) -> dict[str, Any]:
    headers = [(b"host", b"example.org"), (b"accept", b"*/*"), (b"user-agent", b"bench"), *more]
    return {
        "type": "http",
        "method": "GET",
        "path": "/api/posts",
        "scheme": "https",
        "client": ("192.0.2.1", 1),
        "headers": headers,
    }


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    """An application that answers nothing."""


async def _receive() -> Any:
    raise AssertionError("nobody reads a body")


async def _send(_: Any) -> None:
    """Nobody listens."""


if __name__ == "__main__":
    main()
