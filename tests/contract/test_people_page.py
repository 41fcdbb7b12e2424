"""The page about people says what the program does."""

import re
from pathlib import Path

from masthead.people.attempts import LONGEST, NETWORK_PREFIX, PAIR_PREFIX, counts_of
from masthead.people.client import Client
from masthead.people.hashing import LANES, MEMORY, TIME
from masthead.people.rules import Rules
from masthead.people.token_text import PATTERN
from masthead.people.tokens import LASTS
from masthead.rest.people.routes import ROUTES
from masthead.rest.people_codes import TITLES

TEXT = (Path(__file__).parents[2] / "docs" / "reference" / "people.md").read_text("utf-8")


def test_every_address_is_there() -> None:
    """With its methods."""
    told = " ".join(re.findall(r"`([^`\n]+)`", TEXT))
    for route in ROUTES:
        path = re.sub(r"{\w+}", "{id}", route.path)
        variants = {route.path, path, path.replace("members/{id}", "members/{account}")}
        is_short = any(f"…/{part}" in TEXT and path.endswith(f"/{part}") for part in ("suspend", "restore"))
        assert is_short or any(each in told for each in variants), route.path
        assert route.method in told


def test_every_code_is_there() -> None:
    """In the table of problems."""
    assert [code for code in TITLES if f"`{code}`" not in TEXT] == []


def test_the_numbers_are_the_programs() -> None:
    """How long, how many, how much."""
    pair, network = counts_of("ada@example.org", Client(), None)
    (device,) = counts_of("ada@example.org", Client(), "device")
    rules = Rules()
    assert (MEMORY, TIME, LANES) == (19 * 1024, 2, 1)
    assert "argon2id with 19 MiB, two passes and one lane" in TEXT
    assert (pair.free, network.free, device.free) == (5, 50, 10)
    assert f"{PAIR_PREFIX} bits of an IPv6 address) | 5 |" in TEXT
    assert f"{NETWORK_PREFIX} bits of an IPv6 address) | 50 |" in TEXT
    assert "instead of the two above | 10 |" in TEXT
    assert f"up to {LONGEST.seconds // 60} minutes" in TEXT
    assert f"an end ({LASTS.days} days unless said otherwise)" in TEXT
    assert PATTERN in TEXT
    assert (rules.owner_link.days, rules.invitation.days, rules.password_link.seconds) == (1, 7, 3600)
