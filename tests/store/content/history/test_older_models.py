"""Revisions that were made under other content types: a renamed field is recognised, a lost one is shown."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import pytest
from tests.store.content.commands.desk import person

from masthead import model as mh
from masthead.access import EDITOR
from masthead.content.commands import Commands, Create, Save
from masthead.content.history import History
from masthead.content.snapshot import Snapshot
from masthead.model import DEFAULT_PUBLICATION, ContentModel, compile_model
from masthead.model.lock import ContentLock
from masthead.store import apply_model, open_database


class Quote(mh.Block):
    """What somebody said."""

    text: str


class Note(mh.Entry, path="/notes/{slug}"):
    """As it was."""

    title: str
    slug: mh.Slug = mh.slug("title")
    summary: str | None = None
    old: str | None = None
    parts: list[Quote] = []  # noqa: RUF012 - a declaration


OLD, LOCK = compile_model((Note, *DEFAULT_PUBLICATION), ContentLock())


def _renamed() -> ContentModel:
    """`summary` is `lead` now, a Quote's `text` is `words`, and `old` is gone: as content.lock says it."""

    class Quote(mh.Block):
        words: str

    class Note(mh.Entry, path="/notes/{slug}"):
        title: str
        slug: mh.Slug = mh.slug("title")
        lead: str | None = None
        parts: list[Quote] = []  # noqa: RUF012 - a declaration

    note, quote = LOCK.types["Note"], LOCK.blocks["Quote"]
    fields = {{"summary": "lead"}.get(name, name): each for name, each in note.fields.items()}
    words = {"words": quote.fields["text"]}
    lock = ContentLock(
        {**LOCK.types, "Note": replace(note, fields=fields)}, {"Quote": replace(quote, fields=words)}
    )
    return compile_model((Note, *DEFAULT_PUBLICATION), lock)[0]


@pytest.fixture
async def renamed(empty_database_url: str) -> AsyncIterator[tuple[History, UUID]]:
    """A note whose first revision is of the older model: put there by hand, for a model that renames is
    not applied yet to a database that has the other one."""
    model = _renamed()
    values = {"title": "A", "summary": "Short", "old": "x", "parts": [{"type": "Quote", "text": "Yes"}]}
    fresh = {"title": "A", "lead": "Short", "parts": [{"type": "Quote", "words": "No"}]}
    async with open_database(empty_database_url, size=4) as database:
        await apply_model(database, model)
        commands = Commands(database, model)
        made = (await commands.run(Create("Note", {"title": "A"}), person(EDITOR))).entries[0]
        await commands.run(Save(made.entry, made.head, fresh), person(EDITOR))
        older = Snapshot({**values, "slug": "a"}).to_json()
        async with database.transaction() as transaction:
            await transaction.execute(
                "INSERT INTO masthead.applied_model (number, digest, model) VALUES (0, $1, $2)",
                OLD.digest,
                json.dumps(OLD.to_json()),
            )
            await transaction.execute(
                "UPDATE masthead.revision SET snapshot = $2, model = $3 WHERE id = $1",
                made.head,
                older,
                OLD.digest,
            )
        yield History(database, model), made.entry


async def test_a_renamed_field_is_recognised(renamed: tuple[History, UUID]) -> None:
    """By its identity, in blocks too; what the model has no more is there by its old name."""
    history, entry = renamed

    found = await history.revision(entry, 1)

    assert found.fields["lead"] == "Short"
    assert found.fields["parts"] == [{"type": "Quote", "words": "Yes"}]
    assert found.unknown == {"old": "x"}


async def test_a_rename_is_no_difference(renamed: tuple[History, UUID]) -> None:
    """Only what the entry holds differs."""
    history, entry = renamed

    changes = (await history.diff(entry, 1, 2)).changes

    assert [(each.path, each.change, each.is_unknown) for each in changes] == [
        ("parts", "changed", False),
        ("old", "removed", True),
    ]
    assert changes[0].blocks[0].fields[0].path == "parts.0.words"
