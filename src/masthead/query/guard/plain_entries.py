"""Entries as policies are explained with: read one by one, as plain values."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from uuid import UUID

from masthead.access import PlainEntry, State
from masthead.kernel import NotFoundError
from masthead.model import ContentModel, ContentType, kinds
from masthead.query.sql import quote
from masthead.store import Stage

_SYSTEM = ("id", "path", "created_at", "updated_at", "published_at")
T = TypeVar("T")


class _Reader(Protocol):
    async def fetch(self, statement: str, *arguments: Any) -> list[dict[str, Any]]:
        """All rows."""


async def read_subject(reader: _Reader, model: ContentModel, id_: UUID) -> PlainEntry:
    """What the registry knows of an entry, whatever becomes of its fields. Raises NotFoundError."""
    rows = await reader.fetch(
        "SELECT type, owner, archived_at, head = published AS is_public FROM masthead.entry WHERE id = $1",
        id_,
    )
    if not rows:
        raise NotFoundError(
            "entry-missing", f"There is no entry {id_}.", "Name one by its id or its address."
        )
    (row,) = rows
    name = next(each.name for each in model if each.identity == row["type"])
    state: State = "archived" if row["archived_at"] else "live" if row["is_public"] else "draft"
    return PlainEntry(name, id_, {}, row["owner"], state)


class PlainEntries:
    """Entries of one stage. Policies are evaluated without waiting, so what they ask for and is not known yet
    is noted, read, and they are evaluated again."""

    def __init__(self, reader: _Reader, model: ContentModel, stage: Stage) -> None:
        self._reader = reader
        self._model = model
        self._stage = stage
        self._known: dict[tuple[str, UUID], PlainEntry | None] = {}
        self._missing: set[tuple[str, UUID]] = set()

    def find(self, type_name: str, id_: UUID) -> PlainEntry | None:
        """The entry of a type with an id, where it is known."""
        key = (type_name, id_)
        if key not in self._known:
            self._missing.add(key)
        return self._known.get(key)

    async def settle(self, evaluate: Callable[[], T]) -> T:
        """What `evaluate` comes to once everything that it asks for is known."""
        while True:
            found = evaluate()
            if not self._missing:
                return found
            for type_name, id_ in sorted(self._missing):
                self._known[type_name, id_] = await self._read(self._model[type_name], id_)
            self._missing.clear()

    async def _read(self, content_type: ContentType, id_: UUID) -> PlainEntry | None:
        rows = await self._reader.fetch(
            f"SELECT t.*, e.owner AS owner$, e.head = e.published AS is_public$ "
            f"FROM {self._table(content_type.table)} t JOIN masthead.entry e USING (id) WHERE id = $1",
            id_,
        )
        if not rows:
            return None
        (row,) = rows
        values = {name: row[name] for name in _SYSTEM}
        for field in content_type.fields:
            if isinstance(field.kind, kinds.References):
                links = await self._reader.fetch(
                    f"SELECT target FROM {self._table(f'{content_type.table}__{field.column}')} "
                    "WHERE owner = $1 ORDER BY position",
                    id_,
                )
                values[field.name] = [link["target"] for link in links]
            else:
                values[field.name] = row[field.column]
        is_live = self._stage == "live" or bool(row["is_public$"])
        return PlainEntry(content_type.name, id_, values, row["owner$"], "live" if is_live else "draft")

    def _table(self, name: str) -> str:
        return f"{self._stage}.{quote(name)}"
