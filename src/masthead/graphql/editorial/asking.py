"""What editors ask for that no statement of the planner answers: differences of revisions, and previews. Each
such field carries in its extensions how the content room answers it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLField

from masthead.content.commands import Actor
from masthead.content.previews import Link, Previews, create_preview, link_json, read_id
from masthead.content.spelling import Differences, read_revision
from masthead.query import selection as select

Arguments = Mapping[str, Any]
"""Coerced values, by their names in GraphQL."""

_ASKS = "asks"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and the origin of the site that they came to."""

    actor: Actor
    origin: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Where it is asked."""

    differences: Differences
    previews: Previews


Ask = Callable[[Desk, Arguments, Asker], Awaitable[Any]]
"""Gives an object or a list of them. Raises MastheadError."""


def asking(field: GraphQLField) -> Ask | None:
    """How a field at the root is answered; None for one that the planner answers, or a command."""
    found: Ask | None = field.extensions.get(_ASKS)
    return found


def carried(ask: Ask) -> dict[str, Any]:
    """The extension of a field that is answered so."""
    return {_ASKS: ask}


async def revision_diff(desk: Desk, given: Arguments, asker: Asker) -> Any:
    """What differs between two revisions of an entry."""
    sides = read_revision(given["from"], "from"), read_revision(given["to"], "to")
    entry = read_id(given["id"], "id")
    return await desk.differences.of_entry(entry, sides, asker.actor.viewer)


async def previews(desk: Desk, _: Arguments, asker: Asker) -> Any:
    """The links that work."""
    return [_preview(each, asker) for each in await desk.previews.list(asker.actor)]


async def make_preview(desk: Desk, given: Arguments, asker: Asker) -> Any:
    """A new link."""
    subject = {name: given.get(name) for name in ("entry", "revision", "release")}
    link = await create_preview(desk.previews, asker.actor, given.get("expires"), **subject)
    return {"preview": _preview(link, asker)}


async def revoke_preview(desk: Desk, given: Arguments, asker: Asker) -> Any:
    """Turn a link off."""
    key = read_id(given["id"], "id")
    await desk.previews.revoke(key, asker.actor)
    return {"id": str(key)}


def _preview(link: Link, asker: Asker) -> dict[str, Any]:
    found = link_json(link, asker.origin)
    return {**found, "kind": found["kind"].upper()}


def shown(value: select.Value, found: Any) -> select.Value:
    """What was asked for of what the room has answered."""
    match value:
        case select.RegisteredRow(members=members):
            return _EMPTY if found is None else _frame(members, found)
        case select.RegisteredRows(members=members):
            return select.Frames(tuple(_frame(members, each) for each in found or ()))
        case select.RegisteredValue(name=name):
            return select.Embedded(orjson.dumps(found.get(name), default=str))
        case _:
            return value


def _frame(members: select.Members, found: Mapping[str, Any]) -> select.Frame:
    return select.Frame(
        tuple(
            select.Member(
                each.key,
                shown(each.value, found if _is_value(each.value) else found.get(_name(each.value))),
            )
            for each in members
        )
    )


def _is_value(value: select.Value) -> bool:
    return isinstance(value, select.RegisteredValue | select.TypeName)


def _name(value: select.Value) -> str:
    if not isinstance(value, select.RegisteredRow | select.RegisteredRows):
        raise AssertionError(f"{value} is no part of what a room answers")
    return value.relation


_EMPTY = select.Embedded(b"null")
