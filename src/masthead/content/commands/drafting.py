"""Commands that make a draft or a new revision of one: create, save, restore, duplicate."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from masthead.content.addresses import public_path
from masthead.content.commands.bases import named, require_base, require_there
from masthead.content.commands.command import Create, Duplicate, Restore, Save
from masthead.content.commands.former import former_of
from masthead.content.commands.incoming import Given, read_given
from masthead.content.commands.refusal import SaveConflictError
from masthead.content.commands.slug_proposals import with_slugs
from masthead.content.commands.states import EntryState, Revision
from masthead.content.commands.text_links import with_stored_links
from masthead.content.commands.turn import NewRevision, Turn
from masthead.content.merging import Clash, merge
from masthead.content.snapshot import Snapshot
from masthead.kernel import InputError, new_id
from masthead.model import ContentType, kinds


async def create(turn: Turn, command: Create) -> None:
    """A new draft, whose owner is the account that makes it."""
    content_type = _type(turn, command.type)
    entry = new_id()
    names = [name for name in command.fields if name in content_type]
    turn.may.require_some("create", content_type, names)
    await _require_room(turn, content_type)
    given = read_given(turn, content_type, command.fields, None)
    # First the slug: relative links count from the address.
    fields = await with_slugs(turn.transaction, turn.model, content_type, given.values, entry)
    fields = await _with_links(turn, content_type, fields, given)
    _add(turn, content_type, entry, Snapshot(fields), command.note, "entry.create", given.names)


async def save(turn: Turn, command: Save) -> None:
    """A new head with what changes. Where the head is not the base any more, both changes are merged."""
    state = await turn.entry(command.entry, "change")
    require_there(state)
    base = await turn.revision(state, command.base)
    if base is None:
        message = f"{command.base} is no revision of entry {state.id}."
        turn.fault(state.id, "", "base-unknown", message)
        return
    given = read_given(turn, state.content_type, command.fields, state.id)
    await turn.may.require("change", state, given.names)
    fields = await _with_links(turn, state.content_type, base.snapshot.fields, given)
    if base.id != state.head.id:
        fields = await _merged(turn, state, base, fields)
    fields = await with_slugs(turn.transaction, turn.model, state.content_type, fields, state.id)
    _revise(turn, state, fields, command.base, command.note, "entry.save", "saved")


async def restore(turn: Turn, command: Restore) -> None:
    """A new head with the fields of an older revision. What the model does not have any more, or takes
    no longer, is left out and named in `detail`."""
    state = await turn.entry(command.entry, "change")
    require_there(state)
    require_base(state, command.base)
    older = await turn.revision(state, command.revision)
    if older is None:
        message = f"{command.revision} is no revision of entry {state.id}."
        turn.fault(state.id, "", "revision-unknown", message)
        return
    found, _ = turn.rules.draft(state.content_type.name).read(older.snapshot.fields)
    fields = {name: each for name, each in found.items() if each is not None}
    ignored = sorted(older.snapshot.fields.keys() - fields.keys())
    fields = await with_slugs(turn.transaction, turn.model, state.content_type, fields, state.id)
    detail = {"restored": str(older.id), "restoredNumber": older.number, "ignored": ignored}
    turn.detail |= detail
    before = state.head.snapshot.fields
    names = {name for name in (*fields, *before) if fields.get(name) != before.get(name)}
    await turn.may.require("change", state, names & {each.name for each in state.content_type.fields})
    _revise(turn, state, fields, command.base, command.note, "entry.restore", "saved", **detail)


async def duplicate(turn: Turn, command: Duplicate) -> None:
    """A new draft with the fields of the head; its slugs are made anew."""
    state = await turn.entry(command.entry, "read")
    await turn.may.require(
        "read", state, [name for name in state.head.snapshot.fields if name in state.content_type]
    )
    turn.may.require_some("create", state.content_type, ())
    await _require_room(turn, state.content_type)
    entry = new_id()
    fields = {
        name: value
        for name, value in state.head.snapshot.fields.items()
        if name in state.content_type and not isinstance(state.content_type[name].kind, kinds.Slug)
    }
    fields = await with_slugs(turn.transaction, turn.model, state.content_type, fields, entry)
    del turn.named[state.id]
    snapshot = Snapshot(fields, state.head.snapshot.extra)
    _add(
        turn,
        state.content_type,
        entry,
        snapshot,
        None,
        "entry.duplicate",
        frozenset(fields),
        of=str(state.id),
    )


def _type(turn: Turn, name: str) -> ContentType:
    if name in turn.model:
        return turn.model[name]
    names = ", ".join(each.name for each in turn.model)
    raise InputError("type-unknown", f'There is no content type "{name}".', f"Choose one of: {names}.")


async def _require_room(turn: Turn, content_type: ContentType) -> None:
    """Raises InputError where nobody can make another entry of the type."""
    if content_type.name == "Asset":
        raise InputError("asset-without-file", "An Asset is made of a file.", "Import or upload the file.")
    if content_type.is_singleton:
        turn.need_exclusive()  # two that are made at once must see each other
        there = await turn.transaction.fetch_value(
            "SELECT id FROM masthead.entry WHERE type = $1", content_type.identity
        )
        if there is not None:
            message = f"There is one {content_type.name} only, and it is there already: {there}."
            raise InputError("singleton-exists", message, "Save that one, or unarchive it.")


async def _with_links(
    turn: Turn, content_type: ContentType, fields: Mapping[str, Any], given: Given
) -> dict[str, Any]:
    """The fields with what is given, its links as they are stored."""
    whole = given.onto(fields)
    address = public_path(content_type, whole)
    stored = await with_stored_links(turn.transaction, turn.model, content_type, given.values, address)
    return {**whole, **stored}


def _seen(clash: Clash, hidden: Collection[str]) -> Clash:
    """The clash as one who does not see the field may know of it."""
    is_hidden = clash.path.partition(".")[0] in hidden
    return replace(clash, base=None, theirs=None) if is_hidden else clash


async def _merged(turn: Turn, state: EntryState, base: Revision, yours: Mapping[str, Any]) -> dict[str, Any]:
    """Both changes in one: what others made of the base, and what this save made of it. Raises
    SaveConflictError where they changed the same."""
    theirs = state.head.snapshot.fields
    # In a thread: long texts take a while, and others are served meanwhile.
    sides = (base.snapshot.fields, theirs, yours)
    found = await asyncio.to_thread(merge, turn.model, state.content_type, *sides)
    if found.clashes:
        hidden = turn.may.hidden(
            state.content_type, found.fields.keys() & {each.name for each in state.content_type.fields}
        )
        paths = ", ".join(f'"{each.path}"' for each in found.clashes)
        raise SaveConflictError(
            "conflict",
            f"{named(state)} was changed meanwhile, and so was the same place: {paths}.",
            "Nothing was saved. Choose at each place that `clashes` names, and save on the new head.",
            entry=state.id,
            head=state.head.id,
            clashes=[_seen(each, hidden) for each in found.clashes],
            merged={name: value for name, value in found.fields.items() if name not in hidden},
        )
    turn.merged.add(state.id)
    return dict(found.fields)


def _add(
    turn: Turn,
    content_type: ContentType,
    entry: UUID,
    snapshot: Snapshot,
    note: str | None,
    action: str,
    names: frozenset[str],
    **detail: Any,
) -> None:
    head = Revision(new_id(), 1, snapshot, turn.now)
    owner = turn.actor.account
    state = EntryState(entry, content_type, head, None, False, turn.now, None, None, owner)
    turn.permissions.append(("create", entry, names))
    turn.revisions.append(NewRevision(entry, head, None, note))
    turn.put(state)
    turn.did(entry, action, "created", **detail)


def _revise(
    turn: Turn,
    state: EntryState,
    fields: Mapping[str, Any],
    base: UUID,
    note: str | None,
    action: str,
    event: str,
    **detail: Any,
) -> None:
    """A new head, unless nothing would change."""
    if fields == state.head.snapshot.fields:
        turn.detail["unchanged"] = True
        turn.did(state.id, action, None, unchanged=True, **detail)
        return
    snapshot = replace(state.head.snapshot, fields=fields, former=former_of(state, fields))
    turn.put(turn.revise(state, snapshot, base, note))
    turn.permissions.append(("change", state.id, frozenset()))
    turn.did(state.id, action, event, **detail)
