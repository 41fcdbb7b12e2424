"""Commands that change what is public: publish and unpublish. What they refer to is checked when all
commands of the turn are through."""

from dataclasses import replace

from masthead.content.commands.bases import named, refusal, require_base, require_dispensable, require_there
from masthead.content.commands.command import Publish, Unpublish
from masthead.content.commands.former import lost_by
from masthead.content.commands.states import EntryState, Revision
from masthead.content.commands.turn import Turn


async def publish(turn: Turn, command: Publish) -> None:
    """Make a revision public. A newer head than the base is no harm where the revision is named."""
    state = await turn.entry(command.entry, "publish")
    require_there(state)
    if command.revision is None:
        require_base(state, command.base)
    revision = state.head if command.revision is None else await turn.revision(state, command.revision)
    if revision is None:
        message = f"{command.revision} is no revision of entry {state.id}."
        turn.fault(state.id, "", "revision-unknown", message)
        return
    turn.along.update(command.along)
    if command.is_along:
        turn.along_all.add(state.id)
    make_public(turn, state, revision)


def make_public(turn: Turn, state: EntryState, revision: Revision) -> None:
    """Put the revision in the place of what is public of the entry, if it is whole."""
    if state.published is not None and state.published.id == revision.id:
        turn.did(state.id, "entry.publish", None, unchanged=True)
        return
    check_whole(turn, state, revision)
    if lost := lost_by(state, revision):
        state, revision = _with_former(turn, state, revision, lost)
    published_at = state.published_at or turn.now
    turn.put(replace(state, published=revision, published_at=published_at))
    turn.did(state.id, "entry.publish", "published")


async def unpublish(turn: Turn, command: Unpublish) -> None:
    """Take an entry out of what is public. A newer head than the base is no harm: it stays."""
    state = await turn.entry(command.entry, "publish")
    require_there(state)
    if state.published is None:
        raise refusal(state, "not-public", f"{named(state)} is not public.")
    require_dispensable(state)
    turn.need_exclusive()
    turn.put(replace(state, published=None))
    turn.did(state.id, "entry.unpublish", "unpublished")


def check_whole(turn: Turn, state: EntryState, revision: Revision) -> None:
    """Note everything that a revision lacks to be public."""
    content_type = state.content_type
    for each in turn.rules.whole(content_type.name).problems(revision.snapshot.fields):
        if each.is_missing:
            message = f'A {content_type.name} needs "{each.path}" to be published.'
            turn.fault(state.id, each.path, "field-missing", message)
        else:
            message = f'"{each.path}" of this {content_type.name}: {each.message}.'
            turn.fault(state.id, each.path, "field-invalid", message)


def _with_former(
    turn: Turn, state: EntryState, revision: Revision, lost: tuple[str, ...]
) -> tuple[EntryState, Revision]:
    """The same content as a new revision that keeps the addresses that have been public since. Where it
    was not the head, the head is repeated behind it: the newest revision is always the head."""
    snapshot = replace(revision.snapshot, former=(*revision.snapshot.former, *lost))
    head = state.head
    renewed = turn.revise(state, snapshot, revision.id, f"Revision {revision.number} with its redirects.")
    if revision.id == head.id:
        return renewed, renewed.head
    note = f"Revision {head.number} again, behind the one that was published."
    return turn.revise(renewed, head.snapshot, head.id, note), renewed.head
