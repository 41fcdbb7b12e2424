"""Commands on releases that publish nothing yet: make one, change it, schedule it, give it up."""

from collections.abc import Sequence
from uuid import UUID

from masthead.content.commands.bases import require_there
from masthead.content.commands.command import (
    ChangeRelease,
    CreateRelease,
    DropRelease,
    ReleaseItem,
    ScheduleRelease,
)
from masthead.content.commands.faults import faults_of
from masthead.content.commands.moments import due_of
from masthead.content.commands.publishing import check_whole
from masthead.content.commands.refusal import Fault, refused
from masthead.content.commands.release_rows import (
    MOST_ITEMS,
    Release,
    open_release,
    put_items,
    require_publisher,
    take_items,
)
from masthead.content.commands.schedule_rows import Planned, add_schedule, cancel_schedules_of
from masthead.content.commands.turn import Turn
from masthead.kernel import InputError, new_id

_LONGEST_NAME = 200


async def create_release(turn: Turn, command: CreateRelease) -> None:
    """An open release. Its items may not be ready yet: they are checked when it is published."""
    require_publisher(turn)
    name = _name(turn, command.name)
    await _check_items(turn, command.items)
    _refuse(turn)
    turn.release = new_id()
    await turn.transaction.execute(
        "INSERT INTO masthead.release (id, name, state, created_by, created_at) "
        "VALUES ($1, $2, 'open', $3, $4)",
        turn.release,
        name,
        turn.actor.origin.account,
        turn.now,
    )
    await put_items(turn, turn.release, command.items)
    turn.did_release(turn.release, "create", "created", name=name, **_listed(command.items))


async def change_release(turn: Turn, command: ChangeRelease) -> None:
    """Another name, items put in, entries taken out. An entry that is put in twice has one item: the last."""
    release = await open_release(turn, command.release)
    turn.release = release.id
    name = release.name if command.name is None else _name(turn, command.name)
    await _check_items(turn, command.put)
    _check_taken(turn, release, command)
    _refuse(turn)
    await take_items(turn, release.id, command.take)
    await put_items(turn, release.id, command.put)
    await turn.transaction.execute("UPDATE masthead.release SET name = $2 WHERE id = $1", release.id, name)
    taken = [str(each) for each in command.take]
    turn.did_release(release.id, "change", "changed", name=name, taken=taken, **_listed(command.put))


async def schedule_release(turn: Turn, command: ScheduleRelease) -> None:
    """Publish all of it at a moment, with whatever is in it then."""
    release = await open_release(turn, command.release)
    turn.release = release.id
    due = due_of(command.at, turn.now)
    key = await add_schedule(turn, Planned(due, "publish", release=release.id))
    detail = {"schedule": str(key), "due": due.isoformat()}
    turn.did_release(release.id, "schedule", "scheduled", name=release.name, **detail)


async def drop_release(turn: Turn, command: DropRelease) -> None:
    """Give it up, and whatever is scheduled of it."""
    release = await open_release(turn, command.release)
    turn.release = release.id
    await turn.transaction.execute("UPDATE masthead.release SET state = 'dropped' WHERE id = $1", release.id)
    cancelled = await cancel_schedules_of(turn, release.id)
    turn.did_release(release.id, "drop", "dropped", name=release.name, cancelled=cancelled)


def _name(turn: Turn, name: str) -> str:
    """The name as it is kept; the turn is told what is wrong with it."""
    kept = name.strip()
    if not 0 < len(kept) <= _LONGEST_NAME or not kept.isprintable():
        message = f"The name of a release has 1 to {_LONGEST_NAME} printable characters."
        turn.fault(None, "name", "name-invalid", message)
    return kept


async def _check_items(turn: Turn, items: Sequence[ReleaseItem]) -> None:
    """Note whatever cannot be an item: each entry is there, may be published, and has the revision."""
    if len(items) > MOST_ITEMS:
        message = f"A release has at most {MOST_ITEMS} items."
        turn.fault(None, "items", "release-too-large", message)
        return
    await turn.load(each.entry for each in items)
    seen: set[UUID] = set()
    for turn.command, item in enumerate(items):
        if item.entry in seen:
            message = f"Entry {item.entry} is named twice."
            turn.faults.append(Fault(item.entry, "items", "item-twice", message, turn.command))
        seen.add(item.entry)
        try:
            await _check_item(turn, item)
        except InputError as error:
            turn.faults += faults_of(error, item.entry, turn.command)
    turn.command = 0


async def _check_item(turn: Turn, item: ReleaseItem) -> None:
    state = await turn.entry(item.entry, "publish")
    require_there(state)
    if item.revision is None:
        return
    revision = await turn.revision(state, item.revision)
    if revision is None:
        message = f"{item.revision} is no revision of entry {state.id}."
        turn.fault(state.id, "revision", "revision-unknown", message)
    elif item.action == "unpublish":
        message = "What is unpublished has no revision to choose."
        turn.fault(state.id, "revision", "revision-needless", message)
    else:
        check_whole(turn, state, revision)


def _check_taken(turn: Turn, release: Release, command: ChangeRelease) -> None:
    there = {each.entry for each in release.items}
    for entry in command.take:
        if entry not in there:
            message = f'Entry {entry} is not in the release "{release.name}".'
            turn.fault(entry, "take", "item-unknown", message)
    new = {each.entry for each in command.put} - there
    if len(there) - len(set(command.take)) + len(new) > MOST_ITEMS:
        message = f"A release has at most {MOST_ITEMS} items."
        turn.fault(None, "put", "release-too-large", message)


def _refuse(turn: Turn) -> None:
    """Before anything is written that refers to what is not there."""
    if turn.faults:
        raise refused([*turn.faults])


def _listed(items: Sequence[ReleaseItem]) -> dict[str, list[dict[str, str | None]]]:
    return {
        "items": [
            {
                "entry": str(each.entry),
                "action": each.action,
                "revision": None if each.revision is None else str(each.revision),
            }
            for each in items
        ]
    }
