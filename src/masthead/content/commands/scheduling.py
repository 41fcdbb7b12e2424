"""Commands that put a change off to a moment, and take that back.

Whoever schedules may publish now: that is checked when it is scheduled, and the platform does it then, in
their name.
"""

from uuid import UUID

from masthead.content.commands.bases import refusal, require_base, require_there
from masthead.content.commands.command import Schedule, Unschedule
from masthead.content.commands.moments import due_of
from masthead.content.commands.publishing import check_whole
from masthead.content.commands.refusal import Fault, refused
from masthead.content.commands.release_rows import require_permission
from masthead.content.commands.schedule_rows import (
    Planned,
    Standing,
    add_schedule,
    cancel_schedule,
    read_schedule,
    schedule_unknown,
)
from masthead.content.commands.states import EntryState
from masthead.content.commands.turn import Turn
from masthead.kernel import NotFoundError


async def schedule(turn: Turn, command: Schedule) -> None:
    """Publish or unpublish an entry at a moment. A revision that is named is published as it is then, and
    must be whole now; without one it is the head of that moment."""
    state = await turn.entry(command.entry, "publish")
    require_there(state)
    due = due_of(command.at, turn.now, state.id)
    if command.action == "publish":
        await _check_revision(turn, state, command)
    elif command.revision is not None:
        message = "What is unpublished has no revision to choose."
        raise refusal(state, "revision-needless", message)
    planned = Planned(due, command.action, entry=state.id, revision=command.revision)
    key = await add_schedule(turn, planned)
    detail = {"schedule": str(key), "will": command.action, "due": due.isoformat()}
    if command.revision is not None:
        detail["pinned"] = str(command.revision)
    turn.did(state.id, "entry.schedule", "scheduled", **detail)


async def _check_revision(turn: Turn, state: EntryState, command: Schedule) -> None:
    if command.revision is None:
        require_base(state, command.base)
        return
    revision = await turn.revision(state, command.revision)
    if revision is None:
        message = f"{command.revision} is no revision of entry {state.id}."
        turn.fault(state.id, "", "revision-unknown", message)
        return
    check_whole(turn, state, revision)


async def unschedule(turn: Turn, command: Unschedule) -> None:
    """Cancel what is scheduled and has not run. Under the exclusive lock, so that it cannot run meanwhile."""
    turn.need_exclusive()
    standing = await read_schedule(turn, command.schedule)
    try:
        await _require_permission(turn, standing)
    except NotFoundError:
        raise schedule_unknown(command.schedule) from None
    if standing.state != "pending":
        message = f"The schedule {standing.id} is {_STATES[standing.state]}."
        raise refused([Fault(standing.entry, "", "schedule-not-pending", message)])
    await cancel_schedule(turn, standing.id)
    _tell(turn, standing)


_STATES = {"done": "done already", "failed": "over: it has failed", "cancelled": "cancelled already"}


async def _require_permission(turn: Turn, standing: Standing) -> None:
    if standing.entry is not None:
        await turn.entry(standing.entry, "publish")
    if standing.release is not None:
        await require_permission(turn, standing.release)


def _tell(turn: Turn, standing: Standing) -> None:
    turn.schedule = standing.id
    detail = {"schedule": str(standing.id), "would": standing.action, "due": standing.due.isoformat()}
    if standing.entry is not None:
        turn.did(standing.entry, "entry.unschedule", "unscheduled", **detail)
    if standing.release is not None:
        turn.release = UUID(int=standing.release.int)
        turn.did_release(standing.release, "unschedule", "unscheduled", **detail)
