"""What entries are called now: snapshots hold ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from masthead.model import ContentModel, ContentType, kinds
from masthead.store import Reader

_NAMES = """
SELECT e.id, t.name AS type, r.snapshot -> 'fields' ->> t.field AS title
FROM masthead.entry AS e
JOIN unnest($2::text[], $3::text[], $4::text[]) AS t(identity, name, field) ON t.identity = e.type
JOIN masthead.revision AS r ON r.id = e.head
WHERE e.id = ANY($1::uuid[])
"""


@dataclass(frozen=True, slots=True)
class EntryName:
    """An entry's type, and the first text of its head: its title, as a rule."""

    type: str
    title: str | None

    def to_json(self) -> dict[str, Any]:
        """As the APIs show it."""
        return {"type": self.type, "title": self.title}


async def read_names(reader: Reader, model: ContentModel, ids: Iterable[str]) -> dict[str, EntryName]:
    """The names of those entries that are there. What is no id is nobody's."""
    wanted = [found for found in map(_id, dict.fromkeys(ids)) if found is not None]
    if not wanted:
        return {}
    columns = [[each.identity for each in model], [each.name for each in model], list(map(_title, model))]
    rows = await reader.fetch(_NAMES, wanted, *columns)
    return {str(row["id"]): EntryName(row["type"], row["title"]) for row in rows}


def _title(content_type: ContentType) -> str | None:
    return next((field.name for field in content_type.fields if isinstance(field.kind, kinds.Text)), None)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
