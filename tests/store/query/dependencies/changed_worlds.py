"""Changes of what is public, as commands make them: entries appear, go, and become other, and references
always lead to what is there."""

import random
from collections.abc import Callable
from uuid import UUID

from hypothesis import strategies as st
from tests.store.query.oracle import World
from tests.store.query.oracle.blocks import BlockMaker
from tests.store.query.oracle.world import Row, _columns, _row, value_of

from masthead.model import ContentType, Field, kinds

MOST_STEPS = 2


@st.composite
def changed(draw: st.DrawFn, world: World) -> World:
    """The world after one transaction."""
    return change(world, random.Random(draw(st.integers(0, 2**32))))


def change(world: World, chance: random.Random) -> World:
    """One or two steps; often no more than one field of one entry."""
    found = World(world.model, world.stage)
    found.entries = {name: [dict(row) for row in rows] for name, rows in world.entries.items()}
    found.links = {key: list(links) for key, links in world.links.items()}
    for _ in range(chance.randint(1, MOST_STEPS)):
        chance.choice(STEPS)(found, chance)
    _copy_sorts(found)
    return found


def _edit(world: World, chance: random.Random) -> None:
    """Some fields of an entry."""
    if (found := _any_entry(world, chance)) is None:
        return
    content_type, row = found
    for field in chance.sample(
        content_type.fields, min(len(content_type.fields), chance.choice([1, 1, 2, 4]))
    ):
        _set(world, content_type, row, field, chance)
    if chance.random() < 0.5:
        row["updated_at"] = value_of(kinds.DateTime(), chance)


def _relist(world: World, chance: random.Random) -> None:
    """A list of references of an entry."""
    keys = [key for key in world.links if world.entries[key[0]]]
    if keys:
        name, field = chance.choice(keys)
        owner = world.model[name]
        _set(world, owner, chance.choice(world.entries[name]), owner[field], chance)


def _insert(world: World, chance: random.Random) -> None:
    """A new entry, if what it must refer to is there."""
    content_type = chance.choice([*world.model])
    if content_type.is_singleton and world.entries[content_type.name]:
        return
    taken = {each[name] for rows in world.entries.values() for each in rows for name in ("id", "path")}
    row = _row(content_type, chance.randint(100, 2**30), chance, world.stage)
    while {row["id"], row["path"]} & taken - {None}:  # an earlier change may have come from the same seed
        row = _row(content_type, chance.randint(100, 2**30), chance, world.stage)
    world.entries[content_type.name].append(row)
    for field in content_type.fields:
        if isinstance(field.kind, kinds.Reference | kinds.References | kinds.Blocks):
            _set(world, content_type, row, field, chance)
    if any(_must_refer(each) and row[each.column] is None for each in content_type.fields):
        _remove(world, row["id"])


def _delete(world: World, chance: random.Random) -> None:
    """An entry, with all references to it and what cannot be without it."""
    if (found := _any_entry(world, chance)) is not None:
        _remove(world, found[1]["id"])


STEPS: list[Callable[[World, random.Random], None]] = [_edit, _edit, _edit, _relist, _insert, _delete]


def _any_entry(world: World, chance: random.Random) -> tuple[ContentType, Row] | None:
    rows = [(content_type, row) for content_type in world.model for row in world.entries[content_type.name]]
    return chance.choice(rows) if rows else None


def _set(world: World, owner: ContentType, row: Row, field: Field, chance: random.Random) -> None:
    match field.kind:
        case kinds.Reference(target=target):
            ids = [each["id"] for each in world.entries[target]]
            # An entry that must refer does not refer to itself: it could not have been made.
            ids = [each for each in ids if field.is_nullable or each != row["id"]]
            may_lack = field.is_nullable and chance.random() < 0.3
            row[field.column] = None if may_lack or not ids else chance.choice(ids)
        case kinds.References(target=target):
            ids = [each["id"] for each in world.entries[target]]
            links = [link for link in world.links.get((owner.name, field.name), []) if link[0] != row["id"]]
            targets = chance.sample(ids, min(len(ids), chance.randint(0, 4)))
            links += [(row["id"], place, target_id, None) for place, target_id in enumerate(targets)]
            world.links[owner.name, field.name] = links
        case kinds.Blocks() as kind:
            known = {name: [each["id"] for each in rows] for name, rows in world.entries.items()}
            row[field.column] = BlockMaker(world.model, known, False, chance, value_of).make(kind)
        case kinds.Slug() if chance.random() < 0.7:
            pass
        case _:
            is_missing = field.is_nullable and chance.random() < 0.3
            number = chance.randint(2**30, 2**60)
            row |= _columns(field, number, chance, world.stage, is_missing=is_missing)


def _must_refer(field: Field) -> bool:
    return isinstance(field.kind, kinds.Reference) and not field.is_nullable


def _remove(world: World, id_: UUID) -> None:
    for rows in world.entries.values():
        rows[:] = [row for row in rows if row["id"] != id_]
    for key, links in world.links.items():
        world.links[key] = [link for link in links if id_ not in (link[0], link[2])]
    for content_type in world.model:
        for field in content_type.fields:
            if isinstance(field.kind, kinds.Reference):
                for row in list(world.entries[content_type.name]):
                    if row[field.column] == id_:
                        row[field.column] = None
                        if not field.is_nullable:
                            _remove(world, row["id"])


def _copy_sorts(world: World) -> None:
    """Link tables hold a copy of their owner's sort key."""
    for (name, field), links in world.links.items():
        order = world.model[name].order_field
        sorts = {row["id"]: row[order.column] if order else None for row in world.entries[name]}
        world.links[name, field] = [
            (owner, position, target, sorts[owner]) for owner, position, target, _ in links
        ]
