"""What the answer to a Selection depends on: found out once for a plan, filled in for each answer.

The entries that an answer shows are named by the answer to a second statement, the plan of the trace: the
same sources, filters, orders and pages, but nothing of the entries but their ids. All else follows from the
Selection and the values of its variables.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from masthead.model import ContentModel, ContentType
from masthead.query.dependencies.dependencies import Dependencies, Match
from masthead.query.dependencies.guarded import guard_of, read_guarded
from masthead.query.dependencies.listing import ids_of
from masthead.query.dependencies.places import Found, Place
from masthead.query.dependencies.reads import Reads
from masthead.query.dependencies.tracing import Tracing
from masthead.query.dependencies.unknowable import UnknowableError
from masthead.query.executed import RowReader
from masthead.query.guard import Guard
from masthead.query.plan import Plan, Variables
from masthead.query.planner import plan as plan_of
from masthead.query.selection import Selection
from masthead.query.sketch import View
from masthead.store import Stage


@dataclass(frozen=True, slots=True)
class Trace:
    """Of one plan. `plan` names the entries that its answer shows, at `place`; None where it shows none."""

    plan: Plan | None
    place: Place
    tracing: Tracing
    guard: Guard | None

    def dependencies(self, answer: bytes | None, variables: Variables) -> Dependencies:
        """Those of one answer. `answer` is what `plan` gave for the same variables."""
        found = Found(named={name: [] for name in self.tracing.known.names})
        if answer is not None:
            found.collect(orjson.loads(answer), self.place)
        for argument in self.tracing.ids:
            found.ids |= ids_of(argument, variables)
        matches = tuple(dict.fromkeys(self._matches(found, {**variables, **found.named})))
        return Dependencies(frozenset(found.ids), matches, types=frozenset(self.tracing.types))

    def _matches(self, found: Found, variables: Variables) -> Iterator[Match]:
        whole = {name for name, columns in self.tracing.reads.types.items() if columns.is_any}
        for name, columns in self.tracing.reads.types.items():
            yield Match(name, None, columns.decisive)
        listed = (
            match
            for number, each in enumerate(self.tracing.lists)
            for match in each.matches(
                variables, self._is_veiled, found.parents.get(number, ()), found.pages.get(number, ())
            )
        )
        looked_up = (each.match(variables, self._is_veiled) for each in self.tracing.lookings)
        for match in (*listed, *looked_up):
            if match is not None and match.type not in whole:
                yield match

    def _is_veiled(self, content_type: ContentType, name: str) -> bool:
        """Whether the viewer may see null where the row has a value."""
        return self.guard is not None and self.guard.may_be_null(content_type, name)


def traced(
    model: ContentModel, selection: Selection, stage: Stage = "live", views: tuple[View, ...] = ()
) -> Trace | None:
    """How the dependencies of answers to `selection` are found; None where they cannot be known, so that such
    an answer must not be kept."""
    if stage != "live":
        return None
    tracing = Tracing(model, Reads(model))
    try:
        guard = guard_of(views)
        found = tracing.operation(selection.members)
        if guard is not None:
            for name in {*tracing.types, *tracing.reads.types}:
                read_guarded(tracing.reads, guard, model[name])
    except UnknowableError:
        return None
    plan = plan_of(model, Selection(tuple(found.members)), stage, views) if found.members else None
    return Trace(plan, found.place(""), tracing, guard)


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
