"""What others learn of a turn: events for whoever reacts, lines of the audit log for whoever asks."""

from collections.abc import Mapping
from typing import Any

from masthead.content.commands.states import EntryState, Revision
from masthead.content.commands.turn import Deed, ReleaseDeed, Turn
from masthead.events import AuditLine, Event, record


async def tell(turn: Turn, *, is_live_changed: bool) -> None:
    """Record what the turn did, in its own transaction, and whether what is public has changed. Last of all:
    whoever changes what is public waits here for whoever else does."""
    events = [_event(turn, each) for each in turn.deeds if each.event is not None]
    events += [_flip_event(turn, each) for each in turn.flipped]
    events += [_release_event(turn, each) for each in turn.release_deeds]
    lines = [
        AuditLine(turn.actor.origin, each.action, str(each.entry), detail=_audited(turn, each))
        for each in turn.deeds
    ]
    lines += [
        AuditLine(turn.actor.origin, f"release.{each.action}", str(each.release), detail=each.detail)
        for each in turn.release_deeds
    ]
    await record(turn.transaction, events, lines, turn.now, is_live_changed=is_live_changed)


def _event(turn: Turn, deed: Deed) -> Event:
    state = turn.after[deed.entry]
    before = turn.before.get(deed.entry)
    data = {**_described(state, before), **_changed(deed, state, before), **deed.detail}
    return Event(
        f"content.entry.{deed.event}.v1",
        deed.entry,
        state.head.id,
        data,
        turn.actor.origin.request,
        turn.actor.origin.trace_parent,
    )


def _flip_event(turn: Turn, state: EntryState) -> Event:
    """What nobody has named is another all the same."""
    event = "unpublished" if state.published is None else "published"
    data = _described(state, None)
    origin = turn.actor.origin
    name = f"content.entry.{event}.v1"
    return Event(name, state.id, state.head.id, data, origin.request, origin.trace_parent)


def _release_event(turn: Turn, deed: ReleaseDeed) -> Event:
    data = {"release": str(deed.release), **deed.detail}
    origin = turn.actor.origin
    name = f"content.release.{deed.event}.v1"
    return Event(name, data=data, cause=origin.request, trace_parent=origin.trace_parent)


def _described(state: EntryState, before: EntryState | None) -> Mapping[str, Any]:
    former = None if before is None else before.address("live")
    path = state.address("live") or state.address("draft")
    return {
        "type": state.content_type.name,
        "number": state.head.number,
        "path": path,
        "formerPath": former if former != path else None,
        "state": state.name,
    }


def _changed(deed: Deed, state: EntryState, before: EntryState | None) -> Mapping[str, Any]:
    """The names of the fields that are not as they were: in what is public, of what is published."""
    if deed.event == "published":
        new, old = state.published, None if before is None else before.published
    elif deed.event in ("created", "saved"):
        new, old = state.head, None if before is None else before.head
    else:
        return {}
    now, then = _fields(new), _fields(old)
    missing = object()
    names = (
        each
        for each in state.content_type.fields
        if now.get(each.name, missing) != then.get(each.name, missing)
    )
    return {"fields": sorted(each.api_name for each in names)}


def _fields(revision: Revision | None) -> Mapping[str, Any]:
    return {} if revision is None else revision.snapshot.fields


def _audited(turn: Turn, deed: Deed) -> Mapping[str, Any]:
    state = turn.after[deed.entry]
    found = {"type": state.content_type.name, "revision": str(state.head.id)}
    if deed.action == "entry.publish" and state.published is not None:
        found["published"] = str(state.published.id)  # history asks for it
    return {**found, **deed.detail}
