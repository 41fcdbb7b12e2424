"""A preview of a release answers every operation as the public does once the release is published: to the
byte."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from tests.store.content.previews.whole import gadget, mixed, person
from tests.store.query.oracle import KITCHEN_SINK, Asked, OneTransaction, World, operations
from tests.store.query.test_oracle import UNBOUNDED, make_oracle

from masthead.content.commands import (
    Actor,
    Commands,
    Create,
    CreateRelease,
    Publish,
    PublishRelease,
    ReleaseItem,
    Save,
)
from masthead.content.previews.changing import Wanted
from masthead.content.previews.world import Worlds
from masthead.content.renderer import LocalRenderer
from masthead.graphql import Engine
from masthead.kernel import MastheadError
from masthead.query import Overlay
from masthead.store import Database, Transaction

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
ACTOR = Actor.platform("api")
EXAMPLES = (
    int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "300"))
    if os.environ.get("MASTHEAD_TORTURE") == "1"
    else 12
)
OPERATIONS = 12
EVERYTHING = Asked(
    """{
        gadgets(first: 50) { totalCount nodes {
            id path publishedAt updatedAt label handle notes { html source } body { html }
            owner { name path } parts { id path } makers { path }
            sections { __typename ... on Mixed { body { html } parts { id } gadget { id label } } }
        } }
        people(first: 50) { nodes { id path updatedAt name remarks { ... on Small { text } } } }
        notes(first: 50) { nodes { id text about { label } } }
    }""",
    {},
    None,
)
"""Asked each time: generated operations seldom ask for a text that links to what is renamed."""

READER = OneTransaction()
ENGINE = Engine(KITCHEN_SINK, READER, limits=UNBOUNDED)


class _UndoneError(Exception):
    pass


def _undo() -> None:
    raise _UndoneError


@dataclass(slots=True)
class Desk:
    """Gives commands in one transaction, at one moment."""

    commands: Commands
    transaction: Transaction
    types: dict[UUID, str] = field(default_factory=dict)

    async def create(self, type_name: str, fields: dict[str, Any]) -> tuple[UUID, UUID]:
        """A new draft: its id and its head."""
        entry, head = await self.run(Create(type_name, fields))
        self.types[entry] = type_name
        return entry, head

    async def run(self, command: Any) -> tuple[UUID, UUID]:
        """An entry's id and its head."""
        outcome, _ = await self.commands.run_in(self.transaction, command, ACTOR)
        return outcome.entries[0].entry, outcome.entries[0].head


def changes(type_name: str, entry: UUID) -> dict[str, Any]:
    """What an author changes later: the address too."""
    slug = f"renamed-{entry.hex[-6:]}"
    match type_name:
        case "Person":
            return {"name": "Cy", "slug": slug}
        case "Gadget":
            return {"label": "Renamed", "handle": slug, "parts": []}
        case _:
            return {"text": "Other"}


async def write(desk: Desk, data: st.DataObject) -> list[tuple[UUID, UUID]]:
    """A publication of all types: some entries public, some drafts, some both."""
    people = [await desk.create("Person", person("Ada")), await desk.create("Person", person("Bo"))]
    owner = people[0][0]
    entries = [*people]
    for number in range(data.draw(st.integers(2, 4))):
        others = [str(entry) for entry, _ in entries[2:]]
        fields = gadget(f"Gadget {number}", number, owner, parts=others[:1], makers=[str(owner)])
        fields["sections"] = [mixed(number, parts=others, gadget=others[0])] if others else []
        if number:
            fields["notes"] = f"See [it](/gadgets/gadget-{number - 1}#heading) and [Bo](/people/bo).\n"
        entries.append(await desk.create("Gadget", fields))
    about = [str(entry) for entry, _ in entries[2:]]
    entries.append(await desk.create("Note", {"text": "About them", "about": about}))
    return entries


async def publish_some(
    desk: Desk, entries: Sequence[tuple[UUID, UUID]], data: st.DataObject
) -> list[tuple[UUID, UUID]]:
    """Some of them public, some of these changed since."""
    found = []
    for entry, head in entries:
        if data.draw(st.booleans()):
            await desk.run(Publish(entry, head, is_along=True))
        if data.draw(st.booleans()):
            outcome = await desk.run(Save(entry, head, changes(desk.types[entry], entry)))
            found.append(outcome)
        else:
            found.append((entry, head))
    return found


async def published_answers(
    desk: Desk, wanted: Sequence[Wanted], data: st.DataObject
) -> list[tuple[Asked, bytes]]:
    """Generated operations and the public's answers, if the release is published; undone then."""
    answers: list[tuple[Asked, bytes]] = []
    try:
        async with desk.transaction.savepoint():
            items = [
                ReleaseItem(each.entry, "publish" if each.is_shown else "unpublish", each.revision)
                for each in wanted
            ]
            outcome, _ = await desk.commands.run_in(desk.transaction, CreateRelease("All", items), ACTOR)
            assert outcome.release is not None
            await desk.commands.run_in(desk.transaction, PublishRelease(outcome.release), ACTOR)
            oracle = await make_oracle(desk.transaction, World(KITCHEN_SINK, "live"))
            answers.append((EVERYTHING, await answer(EVERYTHING)))
            for _ in range(OPERATIONS):
                asked = data.draw(operations(oracle).filter(lambda each: "search" not in each.document))
                answers.append((asked, await answer(asked)))
            _undo()
    except _UndoneError:
        return answers


async def answer(asked: Asked, overlay: Overlay | None = None) -> bytes:
    """What the engine says, in the transaction of the reader."""
    found = await ENGINE.execute(asked.document, asked.variables, asked.operation_name, overlay=overlay)
    assert found.status == 200, found.body
    return found.body


@settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_a_preview_of_a_release_answers_as_the_published_release(
    kitchen_sink: Database, data: st.DataObject
) -> None:
    """Generated publications, releases and operations."""
    commands = Commands(kitchen_sink, KITCHEN_SINK, clock=lambda: NOW)
    try:
        async with kitchen_sink.transaction() as transaction:
            READER.transaction = transaction
            desk = Desk(commands, transaction)
            entries = await publish_some(desk, await write(desk, data), data)
            shown = data.draw(st.lists(st.sampled_from(entries), min_size=1, unique=True))
            wanted = [
                Wanted(entry, head if data.draw(st.booleans()) else None, data.draw(st.integers(0, 5)) > 0)
                for entry, head in shown
            ]
            try:
                answers = await published_answers(desk, wanted, data)
            except MastheadError:
                answers = []
            assume(answers)
            world = await Worlds(KITCHEN_SINK, LocalRenderer()).of(transaction, wanted, NOW)
            for asked, expected in answers:
                assert await answer(asked, world.overlay) == expected, asked
            _undo()
    except _UndoneError:
        pass
