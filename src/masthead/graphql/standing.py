"""An operation that stands: planned once, to be answered again and again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.graphql.prepare import Prepared
from masthead.query import Plan, RowReader, View
from masthead.query.dependencies import Trace


@dataclass(frozen=True, slots=True)
class Standing:
    """`values` are those of its variables and the viewer's own. `trace` finds what an answer depends on; with
    None whatever changes may change it."""

    prepared: Prepared
    plan: Plan
    trace: Trace | None
    values: Mapping[str, Any]
    reader: RowReader
    views: tuple[View, ...] = ()
