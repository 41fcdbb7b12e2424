"""Releases as commands find and write them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from masthead.content.commands.authorising import require_signed_in
from masthead.content.commands.command import ReleaseItem
from masthead.content.commands.entry_rows import plain_id
from masthead.content.commands.publishers import check_publisher
from masthead.content.commands.refusal import Fault, refused
from masthead.content.commands.turn import Turn
from masthead.kernel import NotFoundError

MOST_ITEMS = 500
"""All of a release is one transaction, and nothing else is published meanwhile."""

_PUT = """
INSERT INTO masthead.release_item (release_id, entry_id, action, revision_id) VALUES ($1, $2, $3, $4)
ON CONFLICT (release_id, entry_id) DO UPDATE SET action = EXCLUDED.action, revision_id = EXCLUDED.revision_id
"""


@dataclass(frozen=True, slots=True)
class Release:
    """A release with its items, in the order of their entries' ids."""

    id: UUID
    name: str
    state: str
    items: tuple[ReleaseItem, ...]


async def open_release(turn: Turn, key: UUID) -> Release:
    """An open release, for one who may publish every entry in it. Raises NotFoundError, AccessError, and
    CommandRefusedError for one that is over."""
    release = await require_permission(turn, key)
    if release.state != "open":
        message = f'The release "{release.name}" is {release.state} already.'
        raise refused([Fault(None, "", "release-not-open", message)])
    return release


async def require_permission(turn: Turn, key: UUID) -> Release:
    """A release, for one who may publish every entry in it. Needs the exclusive lock: its items stay."""
    turn.need_exclusive()
    require_signed_in(turn.actor.viewer)
    require_publisher(turn)
    release = await _read(turn, key)
    await turn.load(each.entry for each in release.items)
    for item in release.items:
        await turn.entry(item.entry, "publish")
    return release


async def _read(turn: Turn, key: UUID) -> Release:
    rows = await turn.transaction.fetch("SELECT name, state FROM masthead.release WHERE id = $1", key)
    if not rows:
        raise NotFoundError("release-unknown", f"There is no release {key}.", "Check the id.")
    items = await turn.transaction.fetch(
        "SELECT entry_id, action, revision_id FROM masthead.release_item "
        "WHERE release_id = $1 ORDER BY entry_id",
        key,
    )
    return Release(key, rows[0]["name"], rows[0]["state"], tuple(map(_item, items)))


def _item(row: dict[str, Any]) -> ReleaseItem:
    revision = row["revision_id"]
    return ReleaseItem(
        plain_id(row["entry_id"]), row["action"], None if revision is None else plain_id(revision)
    )


def require_publisher(turn: Turn) -> None:
    """Releases are for those who may publish something. Raises AccessError."""
    check_publisher(turn.model, turn.rules.policies, turn.actor.viewer)


async def put_items(turn: Turn, release: UUID, items: Sequence[ReleaseItem]) -> None:
    """Put items in, each in the place of another one of its entry."""
    rows = [(release, each.entry, each.action, each.revision) for each in items]
    await turn.transaction.execute_many(_PUT, rows)


async def take_items(turn: Turn, release: UUID, entries: Iterable[UUID]) -> None:
    """Take entries out."""
    await turn.transaction.execute(
        "DELETE FROM masthead.release_item WHERE release_id = $1 AND entry_id = ANY($2::uuid[])",
        release,
        list(entries),
    )
