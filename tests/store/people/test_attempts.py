"""Guessing is slow, and nobody is locked out by somebody else. The clock moves only when it is told to."""

import asyncio

import pytest
from tests.store.people.people_rows import PASSWORD, Clock, join

from masthead.kernel import AccessError
from masthead.people import Client, Known, People

HOME = Client(address="192.0.2.1")
ATTACKER = Client(address="198.51.100.66")
WRONG = "not the password"


async def try_in(
    people: People, password: str, client: Client, known: Known | None = None, email: str = "ada@example.org"
) -> str:
    """What comes of an attempt: "in", or the code of the error."""
    try:
        await people.signing_in.begin(email, password, client, known or Known())
    except AccessError as error:
        return error.code
    return "in"


async def delay_of(people: People, client: Client, email: str = "ada@example.org") -> int:
    """Seconds that an attempt has to wait now."""
    with pytest.raises(AccessError) as refused:
        await people.signing_in.begin(email, WRONG, client, Known())
    assert refused.value.code == "sign-in-delayed"
    return int(str(refused.value.context["retry_after"]))


async def test_five_mistakes_cost_nothing(people: People) -> None:
    """Everybody mistypes."""
    await join(people)
    assert [await try_in(people, WRONG, HOME) for _ in range(5)] == ["sign-in-refused"] * 5
    assert await try_in(people, PASSWORD, HOME) == "in"


async def test_guessing_becomes_slower_and_slower(people: People, clock: Clock) -> None:
    """Each failure beyond doubles the delay, up to a quarter of an hour."""
    await join(people)
    for _ in range(5):
        await try_in(people, WRONG, ATTACKER)
    delays = []
    for _ in range(12):
        assert await try_in(people, WRONG, ATTACKER) == "sign-in-refused"
        seconds = await delay_of(people, ATTACKER) - 1
        delays.append(seconds)
        clock.pass_by(seconds=seconds)
    assert delays == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


async def test_a_delay_holds_for_the_right_password_too(people: People, clock: Clock) -> None:
    """Otherwise it would not slow guessing. When it is over, the right one opens, and all is forgotten."""
    await join(people)
    for _ in range(6):
        await try_in(people, WRONG, ATTACKER)
    assert await try_in(people, PASSWORD, ATTACKER) == "sign-in-delayed"
    clock.pass_by(seconds=1)
    assert await try_in(people, PASSWORD, ATTACKER) == "in"
    assert [await try_in(people, WRONG, ATTACKER) for _ in range(5)] == ["sign-in-refused"] * 5


async def test_waiting_attempts_hash_nothing(people: People) -> None:
    """What is delayed costs no work, so it cannot be used to keep us busy."""
    await join(people)
    for _ in range(6):
        await try_in(people, WRONG, ATTACKER)
    before = people.passwords.hashed
    assert await try_in(people, WRONG, ATTACKER) == "sign-in-delayed"
    assert people.passwords.hashed == before


async def test_an_attacker_locks_nobody_else_out(people: People, clock: Clock) -> None:
    """However long somebody guesses elsewhere, the account's owner gets in at home."""
    await join(people)
    for _ in range(30):
        await try_in(people, WRONG, ATTACKER)
        clock.pass_by(minutes=15)
    assert await try_in(people, WRONG, ATTACKER) == "sign-in-refused"
    assert await try_in(people, WRONG, ATTACKER) == "sign-in-delayed"
    assert await try_in(people, PASSWORD, HOME) == "in"


async def test_a_known_device_is_not_held_up_by_its_network(people: People) -> None:
    """A colleague behind the same address guesses; the browser that somebody signed in on before goes on."""
    await join(people)
    entrance = await people.signing_in.begin("ada@example.org", PASSWORD, HOME, Known())
    for _ in range(6):
        await try_in(people, WRONG, HOME)
    assert await try_in(people, PASSWORD, HOME) == "sign-in-delayed"
    assert await try_in(people, PASSWORD, HOME, Known(device=entrance.device)) == "in"


async def test_a_device_is_known_for_its_own_account_only(people: People) -> None:
    """And nobody makes up a device."""
    await join(people)
    await join(people, "mallory@example.org")
    own = await people.signing_in.begin("mallory@example.org", PASSWORD, ATTACKER, Known())
    for _ in range(6):
        await try_in(people, WRONG, ATTACKER)
    for device in (own.device, "0" * 32 + "." + "0" * 64, "", ".", own.device[:-1]):
        assert await try_in(people, PASSWORD, ATTACKER, Known(device=device)) == "sign-in-delayed"


async def test_a_stolen_device_is_slowed_too(people: People) -> None:
    """It has a count of its own, not none."""
    await join(people)
    entrance = await people.signing_in.begin("ada@example.org", PASSWORD, HOME, Known())
    stolen = Known(device=entrance.device)
    tries = [await try_in(people, WRONG, Client(address=f"203.0.113.{each}"), stolen) for each in range(12)]
    assert tries == ["sign-in-refused"] * 11 + ["sign-in-delayed"]


async def test_many_accounts_from_one_network_are_slowed(people: People) -> None:
    """One common password for everybody is guessing too, whether the accounts are there or not."""
    tries = [await try_in(people, WRONG, ATTACKER, email=f"user{each}@example.org") for each in range(52)]
    assert tries == ["sign-in-refused"] * 51 + ["sign-in-delayed"]
    assert await try_in(people, WRONG, HOME, email="user1@example.org") == "sign-in-refused"


async def test_an_office_full_of_people_is_not_slowed(people: People) -> None:
    """Those who get in do not count."""
    await join(people)
    for _ in range(60):
        assert await try_in(people, PASSWORD, HOME) == "in"


async def test_guesses_at_the_same_moment_all_count(people: People) -> None:
    """They are counted before a password is compared: a burst gets no more than a row."""
    await join(people)
    found = await asyncio.gather(*(try_in(people, WRONG, ATTACKER) for _ in range(20)))
    assert sorted(found) == ["sign-in-delayed"] * 14 + ["sign-in-refused"] * 6


async def test_a_days_rest_forgets(people: People, clock: Clock) -> None:
    """And what is forgotten leaves no row."""
    await join(people)
    for _ in range(6):
        await try_in(people, WRONG, ATTACKER)
    clock.pass_by(days=1, seconds=1)
    assert [await try_in(people, WRONG, ATTACKER) for _ in range(5)] == ["sign-in-refused"] * 5
    clock.pass_by(days=2)
    await try_in(people, WRONG, HOME)
    rows = await people.database.drafts.fetch("SELECT key FROM masthead.attempt")
    assert all("192.0.2.1" in row["key"] for row in rows)


async def test_two_processes_count_together(people: People, clock: Clock) -> None:
    """The counts are in the database."""
    await join(people)
    other = People(people.database, clock=clock)
    tries = [await try_in((people, other)[each % 2], WRONG, ATTACKER) for each in range(7)]
    assert tries == ["sign-in-refused"] * 6 + ["sign-in-delayed"]
    other.close()


async def test_one_party_of_ipv6_has_one_count(people: People) -> None:
    """Whoever has a network of addresses does not get five guesses for each."""
    await join(people)
    tries = [await try_in(people, WRONG, Client(address=f"2001:db8::{each:x}")) for each in range(7)]
    assert tries == ["sign-in-refused"] * 6 + ["sign-in-delayed"]


async def test_the_counts_are_no_list_of_addresses(people: People) -> None:
    """What was typed as an e-mail address is not written down."""
    await try_in(people, WRONG, ATTACKER, email="ada@example.org")
    rows = await people.database.drafts.fetch("SELECT key FROM masthead.attempt")
    assert len(rows) == 2
    assert not any("ada" in row["key"] for row in rows)
