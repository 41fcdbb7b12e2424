"""Whether a change touches what an answer depends on. A change that touches nothing leaves it as it is; what
is not known for certain is touched."""

from collections.abc import Mapping
from typing import Any

from masthead.query.dependencies.dependencies import Dependencies, Match
from masthead.query.dependencies.holding import may_hold
from masthead.query.dependencies.span import Span
from masthead.query.selection import Condition
from masthead.store import ROUTE, Change, Touch


def is_touched(dependencies: Dependencies, touch: Touch) -> bool:
    """Whether one touched row may have changed the answer."""
    if touch.type == ROUTE:
        is_known = touch.old is not None or touch.new is not None
        return bool(paths_of(touch) & dependencies.paths if is_known else dependencies.paths)
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
    if not is_about(match.condition, touch) or not is_spanned(match.span, touch):
        return False
    if match.columns is None or touch.old is None or touch.new is None:
        return True
    return not match.columns.isdisjoint(others(touch.old, touch.new))


def is_spanned(span: Span | None, touch: Touch) -> bool:
    """Whether a touched row counts for a span. One of which nothing is told does; one that comes or goes does
    not."""
    if span is None or (touch.old is None and touch.new is None):
        return True
    return touch.old is not None and touch.new is not None and span.is_met(touch.old, touch.new)


def is_about(condition: Condition | None, touch: Touch) -> bool:
    """Whether a condition may hold for the row as it was, or as it is."""
    rows = [row for row in (touch.old, touch.new) if row is not None]
    if condition is None or not rows:
        return True
    return any(may_hold(condition, row, is_whole=len(rows) == 1) for row in rows)


def paths_of(touch: Touch) -> frozenset[str]:
    """The addresses of a touched route."""
    return frozenset(row["path"] for row in (touch.old, touch.new) if row is not None)


def others(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    """The columns that have another value. One that is in neither was not touched."""
    return {name for name in {*old, *new} if old.get(name, _MISSING) != new.get(name, _MISSING)}


_MISSING = object()
