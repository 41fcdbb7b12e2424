"""The database takes a ContentModel, and refuses what only a migration could do."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import asyncpg
import pytest

from masthead import model as mh
from masthead.kernel import ModelError
from masthead.store import (
    READER_ROLE,
    Database,
    apply_model,
    measured,
    open_database,
    read_applied_model,
    tables_of,
)


class Author(mh.Entry, order="name"):
    """A writer."""

    name: str
    mentor: "mh.Ref[Author] | None" = None


class Hen(mh.Entry):
    """In a circle with its eggs."""

    egg: "mh.Ref[Egg] | None" = None


class Egg(mh.Entry):
    """In a circle with its hen."""

    hen: mh.Ref[Hen] | None = None


class Note(mh.Entry, path="/notes/{slug}", order="-date"):
    """A note."""

    title: Annotated[str, mh.MaxLen(20)]
    slug: mh.Slug = mh.slug("title")
    date: datetime
    authors: list[mh.Ref[Author]]


class NoteLater(mh.Entry, path="/notes/{slug}", order="-date"):
    """A note."""

    title: Annotated[str, mh.MaxLen(40)]
    slug: mh.Slug = mh.slug("title")
    date: datetime
    authors: list[mh.Ref[Author]]
    readers: list[mh.Ref[Author]]
    rank: int = 7
    labels: list[str] = ["it's", "new"]  # noqa: RUF012 - a declaration
    reviewer: mh.Ref[Author] | None = None
    text: mh.Markdown | None = None


class Extra(mh.Entry):
    """A type that comes later."""

    name: str


def _as(cls: type[mh.Entry], name: str) -> type[mh.Entry]:
    """The class under another name: what it looks like after somebody edited content.py."""
    options = cls.__options__
    return type(
        name,
        (mh.Entry,),
        {**{k: v for k, v in vars(cls).items() if k != "__dict__"}, "__options__": options},
        path=options.path,
        order=options.order,
    )


FIRST, LOCK = mh.compile_model([Author, Note], mh.ContentLock())
SECOND, _ = mh.compile_model([Author, _as(NoteLater, "Note"), Extra], LOCK)


async def test_applying_twice_adds_nothing(database: Database) -> None:
    """The model that a database has already is applied without a change."""
    assert await apply_model(database, mh.default_model()) == ()


async def test_applied_model_is_remembered(empty_database_url: str) -> None:
    """A database knows its model; one without Masthead knows none."""
    async with open_database(empty_database_url) as database:
        assert await read_applied_model(database) is None
        await apply_model(database, FIRST)
        assert await read_applied_model(database) == FIRST


async def test_content_types_may_refer_to_each_other_in_a_circle(empty_database_url: str) -> None:
    """Their foreign keys are made when all tables are there, without a warning about their order."""
    model, _ = mh.compile_model([Hen, Egg], mh.ContentLock())
    async with open_database(empty_database_url, size=1) as database:
        added = await apply_model(database, model)
    assert {"Hen is new", "Egg is new"} <= {*added}


async def test_additions_are_applied_to_rows_that_exist(empty_database_url: str) -> None:
    """New types, fields and looser constraints are applied; existing rows get the defaults."""
    async with open_database(empty_database_url) as database:
        await apply_model(database, FIRST)
        async with database.transaction() as transaction:
            await transaction.execute(
                "INSERT INTO masthead.entry (id, type, head, created_at, updated_at) "
                "VALUES ('00000000-0000-7000-8000-000000000001', 't', "
                "'00000000-0000-7000-8000-000000000002', now(), now())"
            )
            await transaction.execute(
                "INSERT INTO live.note (id, path, created_at, updated_at, published_at, title, slug, date) "
                "SELECT id, '/notes/a', now(), now(), now(), 'A', 'a', now() FROM masthead.entry"
            )
        added = await apply_model(database, SECOND)
        async with database.transaction() as transaction:
            rows = await transaction.fetch("SELECT rank, labels, reviewer, text_html FROM live.note")
    assert added == (
        "Extra is new",
        "Note.readers is new",
        "Note.rank is new",
        "Note.labels is new",
        "Note.reviewer is new",
        "Note.text is new",
    )
    assert rows == [{"rank": 7, "labels": ["it's", "new"], "reviewer": None, "text_html": None}]


async def test_an_added_schema_equals_a_fresh_one(server_url: str, empty_database_url: str) -> None:
    """Adding to a database leads to the same columns, indexes and keys as creating it anew."""
    async with open_database(empty_database_url) as database:
        await apply_model(database, FIRST)
        await apply_model(database, SECOND)
        grown = await _shape(database)
        async with database.transaction() as transaction:
            await transaction.execute("DROP SCHEMA masthead, live, draft CASCADE")
        await apply_model(database, SECOND)
        fresh = await _shape(database)
    assert grown == fresh
    assert len(fresh) > 100


async def test_other_changes_are_refused_and_nothing_is_touched(empty_database_url: str) -> None:
    """A model that takes something away is refused with what differs; its additions wait too."""
    note = SECOND["Note"]
    without_date = replace(note, order=None, fields=tuple(f for f in note.fields if f.name != "date"))
    changed = mh.ContentModel(tuple(without_date if each is note else each for each in SECOND))
    async with open_database(empty_database_url) as database:
        await apply_model(database, FIRST)
        before = await _shape(database)
        with pytest.raises(ModelError, match=r"Note\.date is gone") as refused:
            await apply_model(database, changed)
        assert await _shape(database) == before
    assert refused.value.code == "model-differs"
    assert "Nothing was touched" in refused.value.remedy


async def test_a_database_of_another_version_is_refused(database: Database) -> None:
    """A data folder of an older Masthead gets one clear error, not a driver's."""
    async with database.transaction() as transaction:
        await transaction.execute("COMMENT ON SCHEMA masthead IS '0'")
    with pytest.raises(ModelError, match="its registry is 0, this program needs 4") as refused:
        await apply_model(database, mh.default_model())
    assert refused.value.code == "registry-version"


async def test_the_anonymous_role_sees_live_and_nothing_else(database: Database) -> None:
    """A bug in a predicate cannot show a draft: the role has no grant beyond `live`."""
    role = await database.public.fetch("SELECT current_user AS name")
    assert role == [{"name": READER_ROLE}]
    assert await database.public.fetch("SELECT id FROM live.post") == []
    for table in ("draft.post", "masthead.entry", "masthead.revision", "masthead.revision_file"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await database.public.fetch(f"SELECT 1 FROM {table}")
    with pytest.raises(asyncpg.PostgresError):
        await database.public.fetch("DELETE FROM live.post")


def test_live_and_draft_have_the_same_columns_and_indexes() -> None:
    """A preview is the same plan over another schema, as fast as the public one."""
    live, draft = (tables_of(mh.default_model(), stage) for stage in ("live", "draft"))
    for name, table in live.content.items():
        other = draft.content[name]
        assert [(c.name, str(c.type)) for c in table.columns] == [
            (c.name, str(c.type)) for c in other.columns
        ]
        assert {i.name for i in table.indexes} == {i.name for i in other.indexes}
        assert not any(index.unique for index in other.indexes)


def test_the_lock_reserves_the_columns_that_markdown_has() -> None:
    """No later field can take the name of a column that a Markdown field needs."""
    columns = {column.name for column in tables_of(mh.default_model(), "live").content["Page"].columns}
    assert {f"body{suffix}" for suffix in mh.MARKDOWN_SUFFIXES} == {
        c for c in columns if c.startswith("body_")
    }


async def test_statements_are_counted(database: Database) -> None:
    """`measured` counts what an operation sends to PostgreSQL, and how long it waited."""
    async with measured() as spent:
        await database.public.fetch("SELECT 1")
        rows = await database.public.fetch_rows("SELECT to_json(x) FROM (SELECT 1 AS a) AS x")
        assert [tuple(row) for row in rows] == [(b'{"a":1}',)]
    assert spent.statements == 2
    assert spent.seconds > 0


async def _shape(database: Database) -> set[tuple[object, ...]]:
    """Every column, index and constraint, without their order."""
    async with database.transaction() as transaction:
        columns = await transaction.fetch(
            "SELECT table_schema, table_name, column_name, data_type, is_nullable, column_default "
            "FROM information_schema.columns WHERE table_schema IN ('live', 'draft', 'masthead')"
        )
        indexes = await transaction.fetch(
            "SELECT indexdef FROM pg_indexes WHERE schemaname IN ('live', 'draft', 'masthead')"
        )
        constraints = await transaction.fetch(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) AS text FROM pg_constraint "
            "WHERE connamespace::regnamespace::text IN ('live', 'draft', 'masthead') AND contype <> 'n'"
        )
    return {tuple(row.values()) for rows in (columns, indexes, constraints) for row in rows}
