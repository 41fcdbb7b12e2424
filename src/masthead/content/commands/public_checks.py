"""What stands against a change of what is public: somebody else's address or slug, or a public entry that
refers to what goes. In shared mode, of an entry that becomes public, others may take its address after the
look: the unique indexes of what is public find that out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from masthead.content.addresses import is_reserved
from masthead.content.commands.changes import Change
from masthead.content.commands.states import Claims, EntryState, label
from masthead.content.commands.turn import Turn
from masthead.content.field_references import field_references
from masthead.content.loading import load_records
from masthead.content.snapshot import Snapshot
from masthead.model import ContentType, kinds
from masthead.store import Stage


async def check_claims(turn: Turn, states: Sequence[EntryState]) -> None:
    """Note every address and slug of these public entries that is not free."""
    claims = {state.id: each for state in states if (each := state.claims) is not None}
    for state in states:
        each = claims.get(state.id)
        if each and each.address and is_reserved(each.address, state.content_type, turn.model):
            message = f"The address {each.address} is not free: the site itself answers it."
            turn.fault(state.id, _slug_name(state), "address-reserved", message)
    holders = {
        **_held_in_turn(turn, {each.id for each in states}),
        **await _held_in_database(turn, states, claims),
    }
    for state in states:
        if state.id in claims:
            for path, message in _taken(state, claims[state.id], holders):
                turn.fault(state.id, path, "address-taken", message)


async def check_held(turn: Turn, changes: Iterable[Change]) -> None:
    """Note what goes out of what is public, or for good, while others refer to it in their fields."""
    going = {each.id for each in changes if each.is_going_out}
    deleted = {each.id for each in changes if each.after.is_deleted}
    await _note_holders(turn, going, "live")
    await _note_holders(turn, deleted, "draft")


async def _note_holders(turn: Turn, targets: set[UUID], stage: Stage) -> None:
    if not targets:
        return
    rows = await turn.transaction.fetch(
        "SELECT DISTINCT owner FROM masthead.link WHERE target = ANY($1::uuid[]) AND stage = $2",
        list(targets),
        stage,
    )
    others = sorted({row["owner"] for row in rows} - turn.after.keys())
    records = await load_records(turn.transaction, turn.model, others)
    holders = [
        _Holder(each.id, each.content_type, version.fields)
        for each in records
        if (version := each.version(stage)) is not None
    ]
    holders += [
        _Holder(each.id, each.content_type, revision.snapshot.fields)
        for each in turn.after.values()
        if (revision := each.shown(stage)) is not None
    ]
    seen: set[UUID] = set()
    for name in {each.content_type.name for each in holders}:
        ids = [each.id for each in holders if each.content_type.name == name]
        seen |= await turn.may.readable(name, ids, stage)
    for holder in holders:
        for path, wanted, target in field_references(turn.model, holder.content_type, holder.fields):
            if (goal := UUID(target)) in targets:
                turn.fault(goal, "", "held", _held(holder, path, wanted, stage, is_seen=holder.id in seen))


@dataclass(frozen=True, slots=True)
class _Holder:
    """An entry that refers to one that goes."""

    id: UUID
    content_type: ContentType
    fields: Mapping[str, Any]


def _held(holder: _Holder, path: str, wanted: str, stage: Stage, *, is_seen: bool) -> str:
    which = "is public and refers" if stage == "live" else "refers"
    if not is_seen:
        return f"An entry that you may not see {which} to this {wanted}."
    name = label(holder.content_type, Snapshot(holder.fields), holder.id)
    return f'{name} ({holder.id}) {which} to this {wanted} in "{path}".'


Holders = dict[tuple[str, str, str], UUID]
"""Who has ("", "", address) or (type, field, slug)."""


async def _held_in_database(turn: Turn, states: Sequence[EntryState], claims: dict[UUID, Claims]) -> Holders:
    addresses = [each.address for each in claims.values() if each.address is not None]
    routes = (
        "SELECT '' AS type, '' AS field, path AS value, entry_id AS holder FROM live._route "
        "WHERE is_canonical AND path = ANY($1::text[]) AND entry_id <> ALL($2::uuid[])"
    )
    parts = [routes]
    wanted: dict[tuple[str, str], list[str]] = {}
    for state in states:
        for name, slug in claims[state.id].slugs if state.id in claims else ():
            wanted.setdefault((state.content_type.name, name), []).append(slug)
    for number, (type_name, name) in enumerate(wanted, start=3):
        content_type = turn.model[type_name]
        column = content_type[name].column
        parts.append(
            f"SELECT '{type_name}', '{name}', \"{column}\", id FROM live.\"{content_type.table}\" "  # noqa: S608 - names of the model
            f'WHERE "{column}" = ANY(${number}::text[]) AND id <> ALL($2::uuid[])'
        )
    sql = " UNION ALL ".join(parts)
    rows = await turn.transaction.fetch(sql, addresses, list(turn.after), *wanted.values())
    return {(row["type"], row["field"], row["value"]): row["holder"] for row in rows}


def _held_in_turn(turn: Turn, claiming: set[UUID]) -> Holders:
    """Who has it already keeps it; of those who claim it now, the oldest has it."""
    held: Holders = {}
    for key in sorted(turn.after, key=lambda each: (each in claiming, each), reverse=True):
        state = turn.after[key]
        if (each := state.claims) is None:
            continue
        if each.address is not None:
            held["", "", each.address] = key
        for name, slug in each.slugs:
            held[state.content_type.name, name, slug] = key
    return held


def _taken(state: EntryState, claims: Claims, holders: Holders) -> Iterator[tuple[str, str]]:
    for name, slug in sorted(claims.slugs):
        holder = holders.get((state.content_type.name, name, slug))
        if holder is not None and holder != state.id:
            yield name, f'The slug "{slug}" is that of {state.content_type.name} {holder} already.'
            return
    if claims.address is not None:
        holder = holders.get(("", "", claims.address))
        if holder is not None and holder != state.id:
            yield _slug_name(state), f"The address {claims.address} is that of entry {holder} already."


def _slug_name(state: EntryState) -> str:
    """Where the fault is shown: at the slug, if the address is made of one."""
    for field in state.content_type.fields:
        if isinstance(field.kind, kinds.Slug):
            return field.name
    return ""
