"""When PostgreSQL does not answer, clients get a code and a remedy, and nothing from inside."""

import json

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.store import open_database

POSTS = "{ posts { nodes { id } } }"


async def test_a_statement_that_takes_too_long_is_stopped(database_url: str) -> None:
    """Here because a lock is held; the limit is that of the anonymous pool."""
    async with open_database(database_url, size=2) as database:
        await database.open_public(size=1, longest=0.05)
        engine = Engine(default_model(), database.public)
        async with database.transaction() as transaction:
            await transaction.execute("LOCK TABLE live.post")
            answer = await engine.execute(POSTS)
        assert (answer.status, code(answer.body)) == (504, "EXECUTION_TIMEOUT")
        assert b"lock" not in answer.body
        assert (await engine.execute(POSTS)).status == 200


async def test_a_statement_that_postgresql_refuses(database_url: str) -> None:
    """A table that is gone is a defect of ours, not of the client: its name stays inside."""
    async with open_database(database_url, size=2) as database:
        await database.open_public(size=1)
        async with database.transaction() as transaction:
            await transaction.execute("DROP TABLE live.post CASCADE")
        answer = await Engine(default_model(), database.public).execute(POSTS)
    assert (answer.status, code(answer.body)) == (500, "DATABASE_ERROR")
    assert b"relation" not in answer.body


async def test_a_database_that_is_closed(database_url: str) -> None:
    """A retry can help, elsewhere or later."""
    async with open_database(database_url, size=1) as database:
        await database.open_public(size=1)
        reader = database.public
    answer = await Engine(default_model(), reader).execute(POSTS)
    assert (answer.status, code(answer.body)) == (503, "DATABASE_UNAVAILABLE")


async def test_the_anonymous_reader_sees_no_drafts(database_url: str) -> None:
    """The second wall: even an engine that was set to drafts by mistake gets none through this pool."""
    async with open_database(database_url, size=1) as database:
        await database.open_public(size=1)
        answer = await Engine(default_model(), database.public, "draft").execute(POSTS)
        assert (answer.status, code(answer.body)) == (500, "DATABASE_ERROR")
        answer = await Engine(default_model(), database.drafts, "draft").execute(POSTS)
        assert json.loads(answer.body) == {"data": {"posts": {"nodes": []}}}


def code(body: bytes) -> str:
    """The code of the only error."""
    (error,) = json.loads(body)["errors"]
    found: str = error["extensions"]["code"]
    return found
