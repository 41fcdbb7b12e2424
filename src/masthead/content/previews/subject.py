"""What a preview is of, as it is now."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from masthead.content.commands.entry_rows import plain_id
from masthead.content.previews.changing import Wanted
from masthead.content.previews.preview import OfLatest, OfRelease, OfRevision, Subject
from masthead.store import Transaction


@dataclass(frozen=True, slots=True)
class Found:
    """`name` is a release's; an entry is called by its own words."""

    wanted: Sequence[Wanted]
    name: str | None = None


async def load_subject(transaction: Transaction, subject: Subject) -> Found | None:
    """What is to be shown; None for what is not there any more, and for a release that was given up. One
    that was published shows what is public."""
    match subject:
        case OfLatest(entry=entry):
            return Found([Wanted(entry)])
        case OfRevision(entry=entry, revision=revision):
            number = await transaction.fetch_value(
                "SELECT number FROM masthead.revision WHERE id = $1 AND entry_id = $2", revision, entry
            )
            return None if number is None else Found([Wanted(entry, revision)])
        case OfRelease(release=release):
            return await _load_release(transaction, release)


async def _load_release(transaction: Transaction, release: UUID) -> Found | None:
    rows = await transaction.fetch("SELECT name, state FROM masthead.release WHERE id = $1", release)
    if not rows or rows[0]["state"] == "dropped":
        return None
    if rows[0]["state"] == "published":
        return Found([], rows[0]["name"])
    items = await transaction.fetch(
        "SELECT entry_id, revision_id, action FROM masthead.release_item WHERE release_id = $1 "
        "ORDER BY entry_id",
        release,
    )
    wanted = [
        Wanted(plain_id(row["entry_id"]), row["revision_id"], row["action"] == "publish") for row in items
    ]
    return Found(wanted, rows[0]["name"])


async def fingerprint(transaction: Transaction, found: Found, watched: Sequence[UUID]) -> str:
    """What changes whenever the answer may: the generation of the public, the entries that were read, and
    what is wanted."""
    number = await transaction.fetch_value("SELECT number FROM live._generation")
    rows = await transaction.fetch(
        "SELECT id, head, published, archived_at FROM masthead.entry WHERE id = ANY($1::uuid[]) ORDER BY id",
        list(watched),
    )
    said = f"{number}|{found}|{[tuple(row.values()) for row in rows]}"
    return hashlib.sha256(said.encode()).hexdigest()
