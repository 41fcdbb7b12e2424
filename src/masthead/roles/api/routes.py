"""Public addresses as the database knows them: where an entry is, and where it was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from masthead.store import FAILURES, Reader, failure

_FIND = """
SELECT own.path
FROM unnest($1::text[]) WITH ORDINALITY AS asked(path, position)
JOIN live._route AS found ON found.path = asked.path
JOIN live._route AS own ON own.entry_id = found.entry_id AND own.is_canonical
WHERE found.entry_id <> ALL($2::uuid[])
ORDER BY asked.position LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Route:
    """An entry's own address: a decoded path."""

    path: str


async def find_route(reader: Reader, paths: list[str], but: Sequence[UUID] = ()) -> Route | None:
    """The own address of the entry that the first of `paths` leads to; None where none leads anywhere.
    Entries `but` for these are looked at.

    Read as the anonymous role: an address of a draft is not there. Raises UnavailableError where the database
    is away.
    """
    try:
        rows = await reader.fetch(_FIND, paths, list(but))
    except FAILURES as error:
        raise failure(error) from error
    return Route(rows[0]["path"]) if rows else None
