"""Triggers that note which public rows a transaction touches, whoever writes them and however.

A trigger a statement, not a row: an import of a thousand posts fires a few. Noted are the columns that
conditions can compare (`is_compared`), never texts; a digest of the whole row tells whether one that was
taken out and put in again is another. A list of references is noted whole: it is written whole.

The generation is raised last in every transaction that changes what is public, and its row stays locked
until the commit: so numbers have no gaps, and are in the order of commits.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from masthead.model import ContentModel, ContentType, kinds
from masthead.store.change import ROUTE, is_compared
from masthead.store.registry import LIVE, route
from masthead.store.tables import tables_of

_SYSTEM = ("id", "path", "created_at", "updated_at", "published_at")

_NUMBER = (
    """
    CREATE OR REPLACE FUNCTION masthead.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO masthead.change (number, transaction, rows, types, changed_at)
        SELECT NEW.number, pg_current_xact_id()::text, count(*), coalesce(array_agg(DISTINCT type), '{}'),
            clock_timestamp()
        FROM masthead.touched WHERE transaction = pg_current_xact_id()::text;
        RETURN NULL;
    END $$""",
    """
    CREATE OR REPLACE TRIGGER note_change AFTER UPDATE ON live._generation
    FOR EACH ROW EXECUTE FUNCTION masthead.note_change()""",
)

_FUNCTION = """
CREATE OR REPLACE FUNCTION masthead.{name}() RETURNS trigger LANGUAGE plpgsql AS $masthead$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO masthead.touched (transaction, type, field, entry_id, new, new_digest)
        SELECT pg_current_xact_id()::text, '{type}', '{field}', {entry}, {new}, {digest}
        FROM new_rows AS n {group};
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO masthead.touched (transaction, type, field, entry_id, old, old_digest)
        SELECT pg_current_xact_id()::text, '{type}', '{field}', {entry}, {new}, {digest}
        FROM old_rows AS n {group};
    ELSE
        {updated}
    END IF;
    RETURN NULL;
END $masthead$"""

# `*<>` looks at how values are stored: 1.5 and 1.50 are equal, and an answer shows which it is.
_UPDATED = """
        INSERT INTO masthead.touched (transaction, type, field, entry_id, old, new)
        SELECT pg_current_xact_id()::text, '{type}', '{field}', {entry}, {old}, {new}
        FROM old_rows AS o JOIN new_rows AS n ON o.{key} = n.{key} WHERE o *<> n;"""

_TRIGGER = """
CREATE OR REPLACE TRIGGER touch_{operation} AFTER {operation} ON {table}
REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION masthead.{name}()"""

_ROWS = {
    "insert": "NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
}


@dataclass(frozen=True, slots=True)
class _Watched:
    """A table whose rows are watched: those of a type, each an entry (`key` is its id), or of a list."""

    table: sa.Table
    type: str
    key: str
    entry: str
    columns: tuple[str, ...]
    field: str = ""

    def statements(self) -> Iterator[str]:
        name = "touch_" + hashlib.sha256(self.table.name.encode()).hexdigest()[:24]
        yield self._list_function(name) if self.field else self._function(name)
        for operation, rows in _ROWS.items():
            table = f'{LIVE}."{self.table.name}"'
            yield _TRIGGER.format(operation=operation, table=table, rows=rows, name=name)

    def _function(self, name: str) -> str:
        texts = {"name": name, "type": self.type, "field": "", "entry": f'n."{self.entry}"'}
        new, old = (_as_json(alias, self.columns) for alias in ("n", "o"))
        updated = _UPDATED.format(**texts, old=old, new=new, key=f'"{self.key}"')
        digest = "hashtextextended(n::text, 0)"
        return _FUNCTION.format(**texts, new=new, digest=digest, group="", updated=updated)

    def _list_function(self, name: str) -> str:
        """An item that is updated in its place is told as a list that nothing is known of."""
        texts = {"name": name, "type": self.type, "field": self.field}
        ids = f"jsonb_build_object('{self.field}', jsonb_agg(n.target ORDER BY n.position))"
        digest = "hashtextextended(string_agg(n::text, ';' ORDER BY n.position), 0)"
        updated = _UPDATED.format(**texts, entry="n.owner", old="NULL", new="NULL", key="owner")
        return _FUNCTION.format(
            **texts, entry="n.owner", new=ids, digest=digest, group="GROUP BY n.owner", updated=updated
        )


def touching(model: ContentModel) -> Iterator[str]:
    """Statements that make the triggers of all public tables; any number of times."""
    yield from _NUMBER
    yield from _Watched(route, ROUTE, "path", "entry_id", ("path",)).statements()
    tables = tables_of(model, "live")
    for each in model:
        columns = tuple(_compared(each))
        yield from _Watched(tables.content[each.name], each.name, "id", "id", columns).statements()
    for (type_name, field_name), table in tables.links.items():
        column = model[type_name][field_name].column
        yield from _Watched(table, type_name, "owner", "owner", (), column).statements()


def _compared(content_type: ContentType) -> Iterator[str]:
    """The columns whose values are noted."""
    yield from _SYSTEM
    for field in content_type.fields:
        if is_compared(field.kind) and not isinstance(field.kind, kinds.References):
            yield field.column


def _as_json(alias: str, columns: tuple[str, ...]) -> str:
    chosen = ", ".join(f'{alias}."{each}"' for each in columns)
    return f"(SELECT to_jsonb(c) FROM (SELECT {chosen}) AS c)"  # noqa: S608 - physical names
