"""What the answer to a Selection depends on: found out once for a plan, filled in for each answer.

The entries that an answer shows are named by the answer to a second statement, the plan of the trace: the
same sources, filters, orders and pages, but nothing of the entries but their ids. All else follows from the
Selection and the values of its variables.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from masthead.model import ContentModel
from masthead.query.dependencies.dependencies import Dependencies, depends_on_all_of
from masthead.query.executed import RowReader
from masthead.query.plan import Plan, Variables
from masthead.query.selection import (
    Computed,
    Frame,
    Frames,
    RegisteredRow,
    RegisteredRows,
    Selection,
)
from masthead.query.sketch import View
from masthead.store import Stage


@dataclass(frozen=True, slots=True)
class Trace:
    """Of one plan. `plan` names the entries that its answer shows; None where it shows none."""

    plan: Plan | None
    types: frozenset[str]

    def dependencies(self, answer: bytes | None, variables: Variables) -> Dependencies:  # noqa: ARG002 - types are all that is told, so far
        """Those of one answer. `answer` is what `plan` gave for the same variables."""
        return depends_on_all_of(self.types)


async def read_dependencies(
    reader: RowReader, trace: Trace | None, variables: Variables
) -> Dependencies | None:
    """Those of an answer that was read with these variables; None where it must not be kept.

    They are read after it, by a statement of its own. A change between the two is told by either: so whoever
    keeps the answer asks them also about the changes that came since before the answer was read.
    """
    if trace is None:
        return None
    plan = trace.plan
    if plan is None or plan.constant is not None:
        return trace.dependencies(None, variables)
    rows = await reader.fetch_rows(plan.sql, plan.arguments(variables))
    return trace.dependencies(plan.answer(rows), variables)


def traced(
    model: ContentModel, selection: Selection, stage: Stage = "live", views: tuple[View, ...] = ()
) -> Trace | None:
    """How the dependencies of answers to `selection` are found; None where they cannot be known, so that such
    an answer must not be kept."""
    if stage != "live" or views:
        return None
    values = list(_all(selection))
    if any(isinstance(each, Computed | RegisteredRow | RegisteredRows | Frame | Frames) for each in values):
        return None
    return Trace(None, frozenset(each.name for each in model))


def _all(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, tuple | list):
        for each in value:
            yield from _all(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _all(getattr(value, each.name))
