"""Public addresses as the database knows them: where an entry is, and where it was before."""

from dataclasses import dataclass

from masthead.store import Reader

_FIND = """
SELECT own.path
FROM unnest($1::text[]) WITH ORDINALITY AS asked(path, position)
JOIN live._route AS found ON found.path = asked.path
JOIN live._route AS own ON own.entry_id = found.entry_id AND own.is_canonical
ORDER BY asked.position LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Route:
    """An entry's own address: a decoded path."""

    path: str


async def find_route(reader: Reader, paths: list[str]) -> Route | None:
    """The own address of the entry that the first of `paths` leads to; None where none leads anywhere.

    Read as the anonymous role: an address of a draft is not there.
    """
    rows = await reader.fetch(_FIND, paths)
    return Route(rows[0]["path"]) if rows else None
