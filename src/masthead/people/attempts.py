"""Failed sign-ins are counted, so that guessing becomes slow and nobody is locked out by somebody else.

There is no count for an account alone: whoever knew an address could lock its owner out with it. Counted is
(account, network) and the network, each with a delay that doubles. A device that somebody signed in on
before has a count of its own and none of the others, so it is not held up by whoever shares its network.

An attempt is counted before the password is compared and forgiven when it was right: a hundred guesses at
the same moment count as a hundred.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from masthead.kernel import AccessError, utc_now
from masthead.people.client import Client
from masthead.people.opaque import digest
from masthead.store import Database, Transaction

FORGOTTEN = timedelta(days=1)
"""Time without a failure after which a count begins anew."""

LONGEST = timedelta(minutes=15)
_DOUBLINGS = 20

PAIR_PREFIX, NETWORK_PREFIX = 64, 56
"""Bits of an IPv6 address: the network of a person (RFC 4291), and what a customer gets (RFC 6177)."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A count: `free` failures cost nothing, each one more a delay that doubles, from a second on."""

    key: str
    free: int


class Attempts:
    """The counts, in the database: all processes agree."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, counts: Sequence[Counted]) -> None:
        """Count an attempt. Raises AccessError, with nothing counted, where one of them must wait."""
        async with self._database.transaction() as transaction:
            now = self._clock()
            await self._check(transaction, counts, now)
            for count in counts:
                await self._count(transaction, count, now)
            await self._forget(transaction, now)

    async def forgive(self, transaction: Transaction, counts: Sequence[Counted]) -> None:
        """The attempt was right: the first count begins anew, the others have one failure less."""
        first, *others = [each.key for each in counts]
        await transaction.execute("DELETE FROM masthead.attempt WHERE key = $1", first)
        await transaction.execute(
            "UPDATE masthead.attempt SET failures = greatest(failures - 1, 0), blocked_until = NULL "
            "WHERE key = ANY($1)",
            others,
        )

    async def _check(self, transaction: Transaction, counts: Sequence[Counted], now: datetime) -> None:
        # The lock makes attempts of one party follow each other: the second sees what the first counted.
        keys = sorted(each.key for each in counts)
        for key in keys:
            await transaction.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", key)
        until = await transaction.fetch_value(
            "SELECT max(blocked_until) FROM masthead.attempt WHERE key = ANY($1)", keys
        )
        if until is not None and until > now:
            seconds = int((until - now).total_seconds()) + 1
            raise AccessError(
                "sign-in-delayed",
                "Too many sign-ins from here have failed.",
                f"Try again in {seconds} seconds.",
                context={"retry_after": seconds},
            )

    async def _count(self, transaction: Transaction, count: Counted, now: datetime) -> None:
        failures = await transaction.fetch_value(
            "INSERT INTO masthead.attempt AS a (key, failures, since) VALUES ($1, 1, $2) "
            "ON CONFLICT (key) DO UPDATE SET since = $2, "
            "failures = CASE WHEN a.since < $3 THEN 1 ELSE a.failures + 1 END RETURNING failures",
            count.key, now, now - FORGOTTEN,
        )  # fmt: skip
        if failures > count.free:
            delay = min(timedelta(seconds=2 ** min(failures - count.free - 1, _DOUBLINGS)), LONGEST)
            await transaction.execute(
                "UPDATE masthead.attempt SET blocked_until = $2 WHERE key = $1", count.key, now + delay
            )

    async def _forget(self, transaction: Transaction, now: datetime) -> None:
        """A few at a time, so that what attackers leave behind does not stay."""
        await transaction.execute(
            "DELETE FROM masthead.attempt WHERE key IN (SELECT key FROM masthead.attempt WHERE since < $1 "
            "ORDER BY since LIMIT 20 FOR UPDATE SKIP LOCKED)",
            now - FORGOTTEN,
        )


def counts_of(email_key: str, client: Client, device: str | None) -> list[Counted]:
    """What an attempt on an account counts for; `device` is one that the account is known on."""
    if device is not None:
        return [Counted(f"device {device}", 10)]
    account = digest(email_key).hex()[:32]  # the log of attempts is no list of addresses
    return [
        Counted(f"pair {account} {client.network(PAIR_PREFIX)}", 5),
        Counted(f"network {client.network(NETWORK_PREFIX)}", 50),
    ]
