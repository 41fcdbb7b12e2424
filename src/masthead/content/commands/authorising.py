"""Whether the actor may do that to the entry, and what they are told when not."""

from masthead.access import AUTHOR, EDITOR, OWNER, Action, Viewer
from masthead.content.commands.states import EntryState
from masthead.kernel import AccessError, NotFoundError
from masthead.store import Transaction


async def authorise(_: Transaction, viewer: Viewer, action: Action, state: EntryState) -> None:
    """Raises AccessError; NotFoundError where the viewer may not know that the entry exists."""
    require_signed_in(viewer)
    if not _may(viewer, "read", state):
        raise NotFoundError(
            "entry-unknown",
            f"There is no entry {state.id}.",
            "Check the id; the entry may have been deleted.",
        )
    type_name = state.content_type.name
    if not (_may(viewer, action, state) and viewer.is_in_scope(action, type_name)):
        raise not_allowed(action, type_name)


def require_signed_in(viewer: Viewer) -> None:
    """Raises AccessError for nobody."""
    if viewer.is_anonymous:
        raise AccessError("not-signed-in", "Nobody is signed in.", "Sign in, or send an API token.")


def not_allowed(action: Action, type_name: str) -> AccessError:
    """What somebody is told who may know of the entry."""
    return AccessError(
        "not-allowed",
        f"You may not {action} this {type_name}.",
        "Ask someone who may, or for a role or a token that allows it.",
    )


def _may(viewer: Viewer, action: Action, state: EntryState) -> bool:
    if viewer.is_platform or viewer.roles & {OWNER, EDITOR}:
        return True
    if AUTHOR in viewer.roles and state.owner is not None and state.owner == viewer.account:
        return action in ("read", "create", "change", "delete")
    return action == "read" and state.published is not None
