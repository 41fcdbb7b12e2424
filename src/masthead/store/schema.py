"""The database takes a ContentModel: what only adds is applied, anything else is refused untouched."""

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

from masthead.kernel import ModelError
from masthead.model import ContentModel, compare_models
from masthead.store.append_only import GUARD
from masthead.store.applied_policies import remember_policies
from masthead.store.block_defaults import fill_blocks
from masthead.store.database import READER_ROLE, Database
from masthead.store.event_tables import event_statements
from masthead.store.job_tables import queue_statements
from masthead.store.local_time import LOCAL_TIME
from masthead.store.registry import DRAFT, LIVE, MASTHEAD, PUBLIC, REGISTRY
from masthead.store.search_column import SEARCH, is_made_anew, make_words, unmake_words
from masthead.store.statement import compile_ddl
from masthead.store.tables import STAGES, Stage, tables_of
from masthead.store.touching import touching
from masthead.store.transaction import Transaction

REGISTRY_VERSION = "4"
"""Rises when the platform's own tables change; written on the schema as its comment."""

_LOCK = 0x4D617374  # "Mast": an advisory lock, so that two starts do not both migrate


async def apply_model(database: Database, model: ContentModel, policies: Any = None) -> tuple[str, ...]:
    """Make the database hold `model`; return what was added, as sentences. `policies` are those of the model,
    as JSON: no model is ever in force without its own. None leaves those that are.

    Raises ModelError, with nothing touched, when the model differs by more than additions.
    """
    async with database.transaction() as transaction:
        await transaction.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        await _check_version(transaction)
        current = await _current_model(transaction)
        if current is None:
            await _create_everything(transaction, model)
            added: tuple[str, ...] = tuple(f"{each.name} is new" for each in model)
        else:
            added = await _add(transaction, current, model)
        if current is None or current.digest != model.digest:
            await _execute_all(transaction, touching(model))
            await _remember(transaction, model)
        if policies is not None:
            await remember_policies(transaction, policies)
        await _grant(transaction)
    return added


async def read_applied_model(database: Database) -> ContentModel | None:
    """The model that the tables have; None for a database without Masthead in it."""
    async with database.transaction() as transaction:
        return await _current_model(transaction)


async def _current_model(transaction: Transaction) -> ContentModel | None:
    if await transaction.fetch_value("SELECT to_regclass('masthead.applied_model')") is None:
        return None
    found = await transaction.fetch_value(
        "SELECT model FROM masthead.applied_model ORDER BY number DESC LIMIT 1"
    )
    return None if found is None else ContentModel.from_json(json.loads(found))


async def _check_version(transaction: Transaction) -> None:
    found = await transaction.fetch(
        "SELECT obj_description(oid, 'pg_namespace') AS version FROM pg_namespace "
        "WHERE nspname = $1 AND to_regclass('masthead.applied_model') IS NOT NULL",
        MASTHEAD,
    )
    version = found[0]["version"] if found else REGISTRY_VERSION
    if version != REGISTRY_VERSION:
        raise ModelError(
            "registry-version",
            "This database was made by another Masthead: "
            f"its registry is {version or 'unmarked'}, this program needs {REGISTRY_VERSION}.",
            "Nothing was touched. Use that version, or import into a new database or data folder.",
        )


async def _create_everything(transaction: Transaction, model: ContentModel) -> None:
    for schema in (MASTHEAD, LIVE, DRAFT):
        await transaction.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for metadata in (REGISTRY, PUBLIC, *(tables_of(model, stage).metadata for stage in STAGES)):
        await _create_tables(transaction, metadata.tables.values())
    await _execute_all(transaction, GUARD)
    await _execute_all(transaction, LOCAL_TIME)
    await _execute_all(transaction, event_statements())
    await _execute_all(transaction, queue_statements())
    await transaction.execute(f"COMMENT ON SCHEMA {MASTHEAD} IS '{REGISTRY_VERSION}'")
    await transaction.execute("INSERT INTO live._generation (number) VALUES (0)")


async def _create_tables(transaction: Transaction, tables: Iterable[sa.Table]) -> None:
    """Tables first, then foreign keys: content types may refer to each other in circles."""
    tables = list(tables)
    for table in tables:
        await transaction.execute(compile_ddl(CreateTable(table, include_foreign_key_constraints=[])))
        await _execute_all(transaction, make_words(table))
    for table in tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            await transaction.execute(compile_ddl(CreateIndex(index)))
        for key in table.foreign_key_constraints:
            await transaction.execute(compile_ddl(sa.schema.AddConstraint(key)))


async def _add(transaction: Transaction, current: ContentModel, model: ContentModel) -> tuple[str, ...]:
    difference = compare_models(current, model)
    if difference.refusals:
        raise ModelError(
            "model-differs",
            "content.py differs from the database by more than additions: "
            + "; ".join(difference.refusals)
            + ".",
            "Nothing was touched. Undo these changes, or import into a new database.",
        )
    for stage in STAGES:
        await _add_to_stage(transaction, current, model, stage)
    return difference.additions


async def _add_to_stage(
    transaction: Transaction, current: ContentModel, model: ContentModel, stage: Stage
) -> None:
    before, after = tables_of(current, stage).metadata, tables_of(model, stage).metadata
    await _create_tables(
        transaction, [table for table in after.tables.values() if table.key not in before.tables]
    )
    for key, table in after.tables.items():
        if key in before.tables:
            await _add_columns(transaction, before.tables[key], table, model)
    await fill_blocks(transaction, current, model, stage)


async def _add_columns(
    transaction: Transaction, before: sa.Table, after: sa.Table, model: ContentModel
) -> None:
    kept = {column.name for column in before.columns}
    if is_made_anew(before, after):
        # Nothing is lost: PostgreSQL makes the words from other columns.
        await _execute_all(transaction, unmake_words(before))
        kept -= {SEARCH}
    new = [column for column in after.columns if column.name not in kept]
    for column in new:
        default = _default_sql(column, after, model)
        spelled = compile_ddl(CreateColumn(column)).strip()
        await transaction.execute(f'ALTER TABLE {after.schema}."{after.name}" ADD COLUMN {spelled}{default}')
        if default:
            await transaction.execute(
                f'ALTER TABLE {after.schema}."{after.name}" ALTER COLUMN "{column.name}" DROP DEFAULT'
            )
    names = {column.name for column in new}
    if SEARCH in names:
        await _execute_all(transaction, make_words(after))
    for index in sorted(after.indexes, key=lambda index: str(index.name)):
        if names & {column.name for column in index.columns}:
            await transaction.execute(compile_ddl(CreateIndex(index)))
    for constraint in after.foreign_key_constraints:
        if names & set(constraint.column_keys):
            await transaction.execute(compile_ddl(sa.schema.AddConstraint(constraint)))


async def _execute_all(transaction: Transaction, statements: Iterable[str]) -> None:
    for statement in statements:
        await transaction.execute(statement)


def _default_sql(column: sa.Column[Any], table: sa.Table, model: ContentModel) -> str:
    """What existing rows get in a new column: the field's default, as the projection would give it."""
    for content_type in model:
        if content_type.table != table.name:
            continue
        for field in content_type.fields:
            if field.column == column.name and field.default is not None:
                return f" DEFAULT {_literal(field.default, column)}"
    return ""


def _literal(value: object, column: sa.Column[Any]) -> str:
    kind = column.type.compile(dialect=sa.dialects.postgresql.dialect())  # type: ignore[no-untyped-call]
    if isinstance(value, list) and kind.endswith("[]"):
        return f"ARRAY[{', '.join(_quote(str(item)) for item in value)}]::{kind}"
    text = value if isinstance(value, str) and kind != "JSONB" else json.dumps(value)
    return f"{_quote(text)}::{kind}"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


async def _remember(transaction: Transaction, model: ContentModel) -> None:
    await transaction.execute(
        "INSERT INTO masthead.applied_model (number, digest, model) "
        "SELECT coalesce(max(number), 0) + 1, $1, $2::jsonb FROM masthead.applied_model",
        model.digest,
        json.dumps(model.to_json()),
    )


async def _grant(transaction: Transaction) -> None:
    """Make the anonymous role and give it `live`. Where roles cannot be made, the start goes on
    without this second wall; `Database.open_public` says so."""
    # Names are constants of this package: nothing here comes from outside.
    await transaction.execute(f"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{READER_ROLE}') THEN
                CREATE ROLE {READER_ROLE} NOLOGIN;
                EXECUTE format('GRANT {READER_ROLE} TO %I', current_user);
            END IF;
        EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;
        END $$""")
    await transaction.execute(f"""
        DO $$ BEGIN
            IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{READER_ROLE}') THEN
                GRANT USAGE ON SCHEMA {LIVE} TO {READER_ROLE};
                GRANT SELECT ON ALL TABLES IN SCHEMA {LIVE} TO {READER_ROLE};
            END IF;
        END $$""")
