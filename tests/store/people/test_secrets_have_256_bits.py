"""Whatever is secret has 256 random bits, and no two are alike: sessions, links, tokens, and our keys."""

import base64
from uuid import uuid4

from tests.store.people.people_rows import PASSWORD, join

from masthead.content.previews.key import signing_key
from masthead.people import Client, Known, People
from masthead.people.opaque import new_secret
from masthead.people.token_text import PREFIX, new_token
from masthead.store import Database

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

MANY = 64
"""Of so many, a random bit is the same in all once in 2**63 times."""


def moving_bits(numbers: list[int]) -> int:
    """How many bits are not the same in all of them."""
    ever, always = 0, -1
    for each in numbers:
        ever, always = ever | each, always & each
    return (ever & ~always).bit_count()


def number_of(secret: str) -> int:
    """What a secret of sessions and links holds: 32 bytes."""
    raw = base64.urlsafe_b64decode(secret + "=")
    assert len(raw) == 32
    return int.from_bytes(raw, "big")


def number_of_token(token: str) -> int:
    """What the 43 characters of a token hold."""
    number = 0
    for each in token.removeprefix(PREFIX)[:43]:
        number = number * 62 + BASE62.index(each)
    return number


def test_a_secret_has_256_random_bits() -> None:
    """Each of them is sometimes 1 and sometimes 0."""
    assert moving_bits([number_of(new_secret()) for _ in range(MANY)]) == 256


def test_a_token_has_256_random_bits() -> None:
    """However it is written."""
    assert moving_bits([number_of_token(new_token()) for _ in range(MANY)]) == 256


def test_a_bit_that_never_moves_is_found() -> None:
    """These tests can fail: a random UUID has 122 bits."""
    assert moving_bits([uuid4().int for _ in range(MANY)]) == 122


async def test_sessions_and_links_are_such_secrets(people: People) -> None:
    """What a browser is given, and what a start prints."""
    link = await people.links.for_owner()
    await join(people)
    entrance = await people.signing_in.begin("ada@example.org", PASSWORD, Client(), Known())
    assert link is not None
    assert number_of(link) != number_of(entrance.session.secret)


async def test_every_key_of_ours_has_256_bits(people: People, database: Database) -> None:
    """That of devices and that of previews, and each has its own."""
    await join(people)
    await people.signing_in.begin("ada@example.org", PASSWORD, Client(), Known())
    async with database.transaction() as transaction:
        await signing_key(transaction)
        rows = await transaction.fetch("SELECT name, value FROM masthead.secret ORDER BY name")
    assert [(row["name"], len(row["value"])) for row in rows] == [("device", 32), ("preview", 32)]
    assert rows[0]["value"] != rows[1]["value"]
