"""Rows of the entries of the default publication, and of what only describes it."""

from collections.abc import Iterator
from typing import Any

from tests.story.authorisation.row import Ask, Prepare, Row, always
from tests.story.authorisation.world import CHANGE, FIELDS, World, address

from masthead.model import default_model


def _rows() -> Iterator[Row]:
    yield Row("GET /api", always("/api"), "anyone")
    yield Row("GET /api/openapi.json", always("/api/openapi.json"), "anyone")
    for content_type in default_model():
        yield from _of_type(content_type.name, is_singleton=content_type.is_singleton)
    bulk = [{"command": "create", "type": "Tag", "fields": {"name": "News"}}]
    yield Row("POST /api/bulk", always("/api/bulk", bulk))


def _of_type(name: str, *, is_singleton: bool) -> Iterator[Row]:
    everything = address(name)
    one = everything if is_singleton else f"{everything}/{{idOrSlug}}"
    own = everything if is_singleton else f"{everything}/{{id}}"
    if not is_singleton:
        yield Row(f"GET {everything}", always(everything), "anyone")
    yield Row(f"GET {one}", _read(name), "anyone")
    if name != "Asset":
        yield Row(f"POST {everything}", always(everything, FIELDS[name]))
    yield Row(f"PATCH {one}", _change(name))
    yield Row(f"DELETE {one}", _draft(name, ""))
    yield Row(f"POST {own}/publish", _draft(name, "/publish"))
    stays = "needed" if name == "Site" else None
    yield Row(f"POST {own}/unpublish", _public(name, "/unpublish"), refused_as=stays)
    at = {"action": "publish", "at": "2999-01-01T00:00:00Z"}
    yield Row(f"POST {own}/schedule", _draft(name, "/schedule", at))
    yield Row(f"POST {own}/restore", _restore(name))
    if name != "Asset" and not is_singleton:
        yield Row(f"POST {own}/duplicate", _draft(name, "/duplicate"))
    yield Row(f"POST {own}/unarchive", _archived(name))
    yield Row(f"GET {own}/revisions", _draft(name, "/revisions"))
    yield Row(f"GET {own}/revisions/{{revision}}", _draft(name, "/revisions/1"))
    yield Row(f"GET {own}/diff", _draft(name, "/diff?from=1&to=1"))
    yield Row(f"GET {own}/schedules", _draft(name, "/schedules"))
    yield Row(f"DELETE {own}/schedules/{{schedule}}", _scheduled(name))


def _read(name: str) -> Prepare:
    async def prepare(world: World) -> Ask:
        return Ask((await world.public(name)).path)

    return prepare


def _draft(name: str, tail: str, json: Any = None) -> Prepare:
    async def prepare(world: World) -> Ask:
        entry = await world.draft(name)
        return Ask(f"{entry.path}{tail}", json, entry.based)

    return prepare


def _change(name: str) -> Prepare:
    async def prepare(world: World) -> Ask:
        entry = await world.draft(name)
        return Ask(entry.path, CHANGE.get(name) or FIELDS[name], entry.based)

    return prepare


def _public(name: str, tail: str) -> Prepare:
    async def prepare(world: World) -> Ask:
        entry = await world.public(name)
        # What is public anyone may know of: who may not change it is told so.
        return Ask(f"{entry.path}{tail}", None, entry.based)

    return prepare


def _archived(name: str) -> Prepare:
    async def prepare(world: World) -> Ask:
        entry = await world.archived(name)
        return Ask(f"{entry.path}/unarchive", None, entry.based)

    return prepare


def _scheduled(name: str) -> Prepare:
    async def prepare(world: World) -> Ask:
        entry = await world.draft(name)
        given = {"action": "publish", "at": "2999-01-01T00:00:00Z", "base": entry.head}
        made = await world.owner("POST", f"{entry.path}/schedule", given)
        return Ask(f"{entry.path}/schedules/{made['schedule']}")

    return prepare


def _restore(name: str) -> Prepare:
    async def prepare(world: World) -> Ask:
        entry = await world.draft(name)
        return Ask(f"{entry.path}/restore", {"revision": entry.head}, entry.based)

    return prepare


ENTRY_ROWS = tuple(_rows())
