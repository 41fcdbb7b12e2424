"""The map from changes to tags: what a CDN calls an answer by, and what a change has it drop.

Nothing else names a tag. An answer has a tag for each entry that it shows and for each type that it has a
list of; a change drops those of what it touched. Lists are told by their type alone, so a CDN drops more
than this process does, and never less: whatever `is_changed` says of an answer, one of its tags is among
those of the change (tests/unit/roles/test_surrogate_keys.py).
"""

from collections.abc import Iterable
from uuid import UUID

from masthead.query.dependencies import Dependencies
from masthead.store import ROUTE, Change

EVERYTHING = "masthead"
"""On every answer; dropped when nobody knows what has changed."""

UNKNOWN = "masthead-unknown"
"""On what nobody knows the dependencies of; dropped by every change."""

ROUTES = "masthead-routes"
"""On what depends on where addresses lead."""

MOST = 120
"""Tags of one answer. Fastly takes 16 KB of them, Cloudflare 16 KB; a tag has at most 64 characters."""

MOST_DROPPED = 1000
"""Tags that one change drops; beyond that everything is."""


def tags_of_answer(dependencies: Dependencies | None) -> tuple[str, ...]:
    """What an answer is called by. Too many entries are told by their types."""
    if dependencies is None:
        return EVERYTHING, UNKNOWN
    types = {match.type for match in dependencies.matches}
    entries: Iterable[UUID] = dependencies.entries
    if len(dependencies.entries) + len(types) + 3 > MOST:
        if not dependencies.types:
            return EVERYTHING, UNKNOWN
        types |= dependencies.types
        entries = ()
    routes = [ROUTES] if dependencies.paths else []
    return EVERYTHING, *routes, *sorted(map(_type, types)), *sorted(map(_entry, entries))


def tags_of_change(change: Change | None) -> tuple[str, ...]:
    """What a change drops; None: of any number of changes that nobody knows."""
    if change is None or change.touches is None:
        return (EVERYTHING,)
    found = {UNKNOWN}
    for touch in change.touches:
        found |= {ROUTES} if touch.type == ROUTE else {_type(touch.type), _entry(touch.entry)}
    return (EVERYTHING,) if len(found) > MOST_DROPPED else tuple(sorted(found))


def _type(name: str) -> str:
    return f"type-{name}"


def _entry(id_: UUID) -> str:
    return id_.hex
