"""Who may make, see and end a preview: whoever may read the drafts that it shows."""

from collections.abc import Iterable
from uuid import UUID

from masthead.access import EDITOR, OWNER, Policies, Viewer
from masthead.content.previews.changing import Wanted
from masthead.kernel import AccessError, NotFoundError
from masthead.model import ContentModel
from masthead.query import permitted
from masthead.store import Transaction


def require_signed_in(viewer: Viewer) -> None:
    """Raises AccessError for nobody."""
    if viewer.is_anonymous:
        raise AccessError("not-signed-in", "Nobody is signed in.", "Sign in, or send an API token.")


async def readable(
    transaction: Transaction,
    model: ContentModel,
    policies: Policies,
    viewer: Viewer,
    entries: Iterable[UUID],
) -> frozenset[UUID]:
    """Those of the entries whose drafts the viewer may read, and which are not archived."""
    types = {each.identity: each.name for each in model}
    rows = await transaction.fetch(
        "SELECT id, type FROM masthead.entry WHERE id = ANY($1::uuid[]) AND archived_at IS NULL",
        list(entries),
    )
    by_type: dict[str, list[UUID]] = {}
    for row in rows:
        if row["type"] in types:
            by_type.setdefault(types[row["type"]], []).append(row["id"])
    found: frozenset[UUID] = frozenset()
    for name, ids in by_type.items():
        found |= await permitted(transaction, model, policies, viewer, "read", name, ids)
    return found


async def require_readable(
    transaction: Transaction,
    model: ContentModel,
    policies: Policies,
    viewer: Viewer,
    wanted: Iterable[Wanted],
) -> None:
    """Raises NotFoundError for an entry that is not there, or not there for the viewer."""
    ids = [each.entry for each in wanted]
    hidden = set(ids) - await readable(transaction, model, policies, viewer, ids)
    if hidden:
        raise NotFoundError(
            "entry-unknown",
            f"There is no entry {min(hidden)}.",
            "Check the id; the entry may be archived or deleted.",
        )


def may_manage_all(policies: Policies, viewer: Viewer) -> bool:
    """Whether the viewer sees and ends the previews of everybody: those who publish what others write."""
    return policies.may_administer(viewer) or (
        bool(viewer.roles & {OWNER, EDITOR}) and viewer.is_in_scope("publish")
    )
