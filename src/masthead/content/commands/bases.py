"""What a command may be done on: an entry that is not archived, and the revision that is its head."""

from uuid import UUID

from masthead.content.commands.refusal import CommandRefusedError, Fault, StaleBaseError, refused
from masthead.content.commands.states import EntryState, label


def require_base(state: EntryState, base: UUID) -> None:
    """Raises StaleBaseError where somebody has changed the entry since."""
    if base != state.head.id:
        raise StaleBaseError(
            "stale",
            f"{named(state)} has changed since revision {base}: its head is {state.head.id} "
            f"(number {state.head.number}).",
            "Look at what has changed, and send the command again on that base.",
            entry=state.id,
            head=state.head.id,
        )


def require_there(state: EntryState) -> None:
    """Raises CommandRefusedError for an archived entry."""
    if state.archived_at is not None:
        raise refusal(state, "archived", f"{named(state)} is archived.")


def require_archived(state: EntryState) -> None:
    """Raises CommandRefusedError for any other."""
    if state.archived_at is None:
        raise refusal(state, "not-archived", f"{named(state)} is not archived.")


def require_dispensable(state: EntryState) -> None:
    """Raises CommandRefusedError for what every page shows."""
    if state.content_type.name == "Site" and state.published is not None:
        raise refusal(state, "needed", f"{named(state)} is the publication itself: it stays public.")


def refusal(state: EntryState, code: str, message: str) -> CommandRefusedError:
    """An error about the entry as a whole."""
    return refused([Fault(state.id, "", code, message)])


def named(state: EntryState) -> str:
    """What people call the entry: Post "Hello"."""
    return label(state.content_type, state.head.snapshot, state.id)
