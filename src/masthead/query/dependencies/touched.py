"""Whether a change touches what an answer depends on. A change that touches nothing leaves it as it is; what
is not known for certain is touched."""

from collections.abc import Mapping
from typing import Any

from masthead.query.dependencies.dependencies import Dependencies, Match
from masthead.query.dependencies.holding import may_hold
from masthead.store import ROUTE, Change, Touch


def is_touched(dependencies: Dependencies, touch: Touch) -> bool:
    """Whether one touched row may have changed the answer."""
    if touch.type == ROUTE:
        return bool(dependencies.paths) and not paths_of(touch).isdisjoint(dependencies.paths)
    if touch.entry in dependencies.entries:
        return True
    return any(each.type == touch.type and is_met(each, touch) for each in dependencies.matches)


def is_changed(dependencies: Dependencies, change: Change) -> bool:
    """Whether a whole change may have changed the answer."""
    if change.touches is not None:
        return any(is_touched(dependencies, touch) for touch in change.touches)
    return any(is_touched_whole(dependencies, each) for each in change.types)


def is_touched_whole(dependencies: Dependencies, type_name: str) -> bool:
    """Whether the answer may have changed when anything may have happened to a type."""
    if type_name == ROUTE:
        return bool(dependencies.paths)
    if dependencies.entries and (not dependencies.types or type_name in dependencies.types):
        return True
    return any(each.type == type_name for each in dependencies.matches)


def is_met(match: Match, touch: Touch) -> bool:
    """Whether a touched row of the match's type counts for it."""
    old, new = touch.old, touch.new
    if old is None and new is None:
        return True
    if match.condition is not None and not (
        (old is not None and may_hold(match.condition, old))
        or (new is not None and may_hold(match.condition, new))
    ):
        return False
    if match.columns is None or old is None or new is None:
        return True
    return any(_is_other(old, new, column) for column in match.columns)


def paths_of(touch: Touch) -> frozenset[str]:
    """The addresses of a touched route."""
    return frozenset(row["path"] for row in (touch.old, touch.new) if row is not None)


def _is_other(old: Mapping[str, Any], new: Mapping[str, Any], column: str) -> bool:
    """A column that is in neither was not touched."""
    return bool(old.get(column, _MISSING) != new.get(column, _MISSING))


_MISSING = object()
