"""Publishing a release: every change of it in one turn, checked together and done together."""

from masthead.content.commands.bases import require_there
from masthead.content.commands.command import Publish, PublishRelease, ReleaseItem, Unpublish
from masthead.content.commands.faults import faults_of
from masthead.content.commands.publishing import publish, unpublish
from masthead.content.commands.refusal import Fault, refused
from masthead.content.commands.release_rows import open_release
from masthead.content.commands.schedule_rows import cancel_schedules_of
from masthead.content.commands.turn import Turn
from masthead.kernel import InputError


async def publish_release(turn: Turn, command: PublishRelease) -> None:
    """Do everything of it. What its items refer to may be in it, also in a circle: references are checked
    against what will be public in the end. Faults carry the number of the item, in the order of the entries'
    ids."""
    release = await open_release(turn, command.release)
    turn.release = release.id
    if not release.items:
        message = f'The release "{release.name}" is empty.'
        raise refused([Fault(None, "", "release-empty", message)])
    for turn.command, item in enumerate(release.items):
        turn.named[item.entry] = turn.command
        try:
            await _do(turn, item)
        except InputError as error:
            turn.faults += faults_of(error, item.entry, turn.command)
    turn.command = 0
    await turn.transaction.execute(
        "UPDATE masthead.release SET state = 'published', published_at = $2 WHERE id = $1",
        release.id,
        turn.now,
    )
    cancelled = await cancel_schedules_of(turn, release.id)
    items = [{"entry": str(each.entry), "action": each.action} for each in release.items]
    turn.did_release(release.id, "publish", "published", name=release.name, items=items, cancelled=cancelled)


async def _do(turn: Turn, item: ReleaseItem) -> None:
    state = turn.after[item.entry]
    if item.action == "publish":
        await publish(turn, Publish(item.entry, state.head.id, item.revision))
        return
    require_there(state)
    if state.published is None:  # somebody was faster: it is as it was to be
        turn.did(state.id, "entry.unpublish", None, unchanged=True)
        return
    await unpublish(turn, Unpublish(item.entry, state.head.id))
