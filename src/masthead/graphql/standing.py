"""An operation that stands: planned once, to be answered again and again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.graphql.prepare import Prepared
from masthead.query import Observe, ObservedReader, Plan, RowReader, View
from masthead.query.dependencies import Trace


@dataclass(frozen=True, slots=True)
class Standing:
    """`values` are those of its variables and the viewer's own. `trace` finds what an answer depends on; with
    None whatever changes may change it. `observe` is told of each statement that is sent for it."""

    prepared: Prepared
    plan: Plan
    trace: Trace | None
    values: Mapping[str, Any]
    reader: RowReader
    views: tuple[View, ...] = ()
    observe: Observe | None = None

    @property
    def observed(self) -> ObservedReader:
        """The reader, whose statements are this operation's."""
        return ObservedReader(self.reader, (self.prepared.label, self.prepared.source), self.observe)
