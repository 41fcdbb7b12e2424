"""Public addresses: each published entry's own, and the old ones that lead to it.

An own address always wins. Of several entries that want the same old address, the oldest has it.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from uuid import UUID

from masthead.content.records import Record
from masthead.store import Transaction

_CANONICAL = """
INSERT INTO live._route (path, entry_id, is_canonical) VALUES ($1, $2, true)
ON CONFLICT (path) DO UPDATE SET entry_id = EXCLUDED.entry_id, is_canonical = true
"""
_TAKEN = _CANONICAL.replace("_route (", "_route AS r (") + "WHERE NOT r.is_canonical RETURNING path"
_OLD = """
INSERT INTO live._route AS r (path, entry_id, is_canonical) VALUES ($1, $2, false)
ON CONFLICT (path) DO UPDATE SET entry_id = EXCLUDED.entry_id
WHERE NOT r.is_canonical AND EXCLUDED.entry_id < r.entry_id
"""


async def write_routes(
    transaction: Transaction,
    records: Sequence[Record],
    gone: Sequence[UUID],
    absent: AbstractSet[UUID] = frozenset(),
) -> None:
    """Replace the routes of the records; remove those of the entries `gone`. What is `absent` has none."""
    ids = [each for each in (*(record.id for record in records), *gone) if each not in absent]
    canonical = [(path, record.id) for record in records if (path := record.address("live")) is not None]
    # Also what was an entry's own address and is an old one of it now: an older entry may want it.
    released = await _remove(transaction, ids) - {path for path, _ in canonical}
    if canonical:
        await transaction.execute_many(_CANONICAL, canonical)
    if old := old_routes(records):
        await transaction.execute_many(_OLD, old)
    if released:
        await transaction.execute_many(_OLD, await _claimants(transaction, sorted(released)))


async def take_route(transaction: Transaction, path: str, entry: UUID) -> bool:
    """Give an entry that has none its own address, beside others who may want it: whether it was free."""
    return await transaction.fetch_value(_TAKEN, path, entry) is not None


async def _remove(transaction: Transaction, ids: Sequence[UUID]) -> set[str]:
    """Take the routes of entries away; which they were."""
    if not ids:
        return set()
    sql = "DELETE FROM live._route WHERE entry_id = ANY($1::uuid[]) RETURNING path"
    return {row["path"] for row in await transaction.fetch(sql, ids)}


def old_routes(records: Sequence[Record]) -> list[tuple[str, UUID]]:
    """The old addresses of published records with an address of their own."""
    return [
        (path, record.id)
        for record in sorted(records, key=lambda record: record.id)
        if record.published is not None and record.address("live") is not None
        for path in record.published.old_addresses
        if path != record.address("live")
    ]


async def _claimants(transaction: Transaction, released: list[str]) -> list[tuple[str, UUID]]:
    """Which other published entries want addresses that have become free."""
    rows = await transaction.fetch(
        """
        SELECT old.path, e.id FROM masthead.entry AS e
        JOIN masthead.revision AS r ON r.id = e.published
        JOIN live._route AS own ON own.entry_id = e.id AND own.is_canonical
        CROSS JOIN LATERAL (
            SELECT jsonb_array_elements_text(r.snapshot->'aliases')
            UNION SELECT jsonb_array_elements_text(r.snapshot->'former')
        ) AS old(path)
        WHERE (r.snapshot->'aliases' ?| $1::text[] OR r.snapshot->'former' ?| $1::text[])
          AND old.path = ANY($1::text[])
        ORDER BY e.id
        """,
        released,
    )
    return [(row["path"], row["id"]) for row in rows]
