"""Rows of mutations."""

from collections.abc import Iterator
from typing import Any

from tests.story.authorisation.row import Ask, Prepare, Row
from tests.story.authorisation.world import CHANGE, FIELDS, Entry, World

from masthead.model import default_model

PATH = "/graphql/draft"
AT = "2999-01-01T00:00:00Z"


def _asked(document: str, **variables: Any) -> Ask:
    return Ask(PATH, {"query": document, "variables": variables})


def _row(name: str, prepare: Prepare) -> Row:
    return Row(f"mutation {name}", prepare)


def _rows() -> Iterator[Row]:
    for content_type in default_model():
        name = content_type.name
        if name != "Asset":
            yield _row(f"create{name}", _create(name))
        yield _row(f"save{name}", _save(name))
    for name, made in (
        ("publish", "draft"),
        ("unpublish", "public"),
        ("archive", "draft"),
        ("unarchive", "archived"),
        ("deleteForGood", "archived"),
    ):
        yield _row(name, _at(name, made))
    for name, made in (("schedulePublish", "draft"), ("scheduleUnpublish", "public")):
        yield _row(name, _at(name, made, ", at: $at", "$at: DateTime!, ", at=AT))
    yield _row("unschedule", _unschedule)
    yield _row("restore", _restore)
    yield _row("duplicate", _duplicate)
    yield _row("createRelease", _create_release)
    for name, arguments in (
        ("changeRelease", ', name: "Summer"'),
        ("publishRelease", ""),
        ("scheduleRelease", f', at: "{AT}"'),
        ("dropRelease", ""),
    ):
        yield _row(name, _release(name, arguments))
    yield _row("createPreview", _create_preview)
    yield _row("revokePreview", _revoke_preview)


async def _create_preview(world: World) -> Ask:
    document = "mutation ($entry: ID!) { createPreview(entry: $entry) { preview { url } } }"
    return _asked(document, entry=(await world.draft("Tag")).id)


async def _revoke_preview(world: World) -> Ask:
    made = await world.owner("POST", "/api/previews", {"entry": (await world.draft("Tag")).id})
    return _asked("mutation ($id: ID!) { revokePreview(id: $id) { id } }", id=made["id"])


def _create(name: str) -> Prepare:
    async def prepare(_: World) -> Ask:
        document = f"mutation ($input: {name}Input!) {{ create{name}(input: $input) {{ number }} }}"
        return _asked(document, input=FIELDS[name])

    return prepare


def _save(name: str) -> Prepare:
    async def prepare(world: World) -> Ask:
        entry = await world.draft(name)
        document = (
            f"mutation ($id: ID!, $base: ID!, $input: {name}Input!) "
            f"{{ save{name}(id: $id, base: $base, input: $input) {{ number }} }}"
        )
        return _asked(document, **entry.at, input=CHANGE.get(name) or FIELDS[name])

    return prepare


def _at(name: str, made: str, arguments: str = "", variables: str = "", **values: Any) -> Prepare:
    async def prepare(world: World) -> Ask:
        entry: Entry = await getattr(world, made)("Tag")
        document = (
            f"mutation ({variables}$entries: [EntryAt!]!) "
            f"{{ {name}(entries: $entries{arguments}) {{ entries {{ id }} }} }}"
        )
        return _asked(document, entries=[entry.at], **values)

    return prepare


async def _unschedule(world: World) -> Ask:
    entry = await world.draft("Tag")
    given = {"base": entry.head, "action": "publish", "at": AT}
    made = await world.owner("POST", f"{entry.path}/schedule", given)
    document = "mutation ($ids: [ID!]!) { unschedule(ids: $ids) { isRepeated } }"
    return _asked(document, ids=[made["schedule"]])


async def _restore(world: World) -> Ask:
    entry = await world.draft("Tag")
    document = (
        "mutation ($id: ID!, $base: ID!) { restore(id: $id, base: $base, revision: $base) { isRepeated } }"
    )
    return _asked(document, **entry.at)


async def _duplicate(world: World) -> Ask:
    entry = await world.draft("Tag")
    return _asked("mutation ($ids: [ID!]!) { duplicate(ids: $ids) { isRepeated } }", ids=[entry.id])


async def _create_release(_: World) -> Ask:
    return _asked('mutation { createRelease(name: "Spring") { release { id } } }')


def _release(name: str, arguments: str) -> Prepare:
    async def prepare(world: World) -> Ask:
        release = await world.release()
        document = f"mutation ($id: ID!) {{ {name}(id: $id{arguments}) {{ release {{ state }} }} }}"
        return _asked(document, id=release)

    return prepare


MUTATION_ROWS = tuple(_rows())
