"""A computed field is computed from nothing that its viewer may not see."""

import json
from uuid import UUID

import pytest

import masthead as mh
from masthead.access import ANONYMOUS, Viewer, compile_policies
from masthead.graphql import Engine
from masthead.model import ContentLock, compile_model, computing_functions
from masthead.store import Database, apply_model, open_database


class Memo(mh.Entry):
    """One field that every memo has, and one that it may have."""

    title: str
    slug: mh.Slug = mh.slug("title")
    note: str | None = None


SEEN: list[tuple[str, str | None]] = []
"""What the function was given."""


@Memo.field(needs=["title", "note"])
def loud(memos: list[mh.Parent]) -> list[str]:
    """Knows no memo without a title."""
    SEEN.extend((memo.title, memo.note) for memo in memos)
    return [memo.title.upper() + (memo.note or "") for memo in memos]


MODEL = compile_model([Memo], ContentLock())[0]
EDITOR = Viewer(UUID(int=1), frozenset({"editor"}))


@pytest.mark.parametrize(
    ("hidden", "given"), [("title", []), ("note", [("Hello", None)])], ids=["always there", "maybe there"]
)
async def test_what_is_hidden_is_not_computed_from(
    empty_database_url: str, hidden: str, given: list[tuple[str, str | None]]
) -> None:
    """Without a field that every entry has there is no value, and no error; without one that may be missing
    it is as if that were missing."""
    policies = compile_policies(
        MODEL, [mh.policies(Memo, mh.allow("read", to=mh.anyone), mh.hide(hidden, but="editor"))]
    )
    async with open_database(empty_database_url, size=1) as database:
        await apply_model(database, MODEL)
        await publish(database)
        engine = Engine(MODEL, database.drafts, functions=computing_functions([Memo]), policies=policies)
        SEEN.clear()
        answers = [await ask(engine, viewer) for viewer in (ANONYMOUS, EDITOR)]
    assert answers == [None if hidden == "title" else "HELLO", "HELLOsecret"]
    assert [*given, ("Hello", "secret")] == SEEN


async def ask(engine: Engine, viewer: Viewer) -> str | None:
    """The computed field of the only memo, without errors."""
    answer = await engine.execute("{ memos { nodes { loud } } }", viewer=viewer)
    found = json.loads(answer.body)
    assert "errors" not in found
    value: str | None = found["data"]["memos"]["nodes"][0]["loud"]
    return value


async def publish(database: Database) -> None:
    """One memo with both."""
    async with database.transaction() as transaction:
        await transaction.execute(
            "INSERT INTO masthead.entry (id, type, head, created_at, updated_at) "
            "VALUES ($1, $2, $1, now(), now())",
            *(UUID(int=5), MODEL["Memo"].identity),
        )
        await transaction.execute(
            "INSERT INTO live.memo (id, created_at, updated_at, published_at, title, slug, note) "
            "VALUES ($1, now(), now(), now(), 'Hello', 'hello', 'secret')",
            UUID(int=5),
        )
