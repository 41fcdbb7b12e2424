"""A computed field in a statement: in its place stands a hidden object of what its function needs.

`{"$f0":0,"0":"A title","1":null,"$":0}`: no response key and no other JSON in an answer looks so. Names of
GraphQL have no `$`; a quotation mark inside a string stands behind a backslash; and a Json field comes from
`jsonb`, which PostgreSQL spells with a space behind each colon. So the hidden objects are found among the
answer's bytes, and all other bytes stay as they are.
"""

import re
from collections.abc import Iterable

from masthead.model import kinds
from masthead.query.columns import OneColumn, may_lack, spell
from masthead.query.markdown import SUFFIXES
from masthead.query.scope import Scope
from masthead.query.selection import Computed
from masthead.query.slot import Slot
from masthead.query.sql import Column, json_object

BEGIN, END = re.compile(rb'\{"\$f(\d+)":0,'), b',"$":0}'
"""Where a hidden object begins and ends."""


_PARTS = {"reading_time": "minutes"}
"""Parts of a Markdown field that content.py calls otherwise."""


def write_computed(scope: Scope, computed: Computed) -> str:
    """The expression of the hidden object for a computed field of the scope's entry."""
    slots = scope.sketch.slots
    slot = Slot(scope.content_type.name, computed.field, computed.names)
    number = slots.setdefault(slot, len(slots))
    field = next(each for each in scope.content_type.computed if each.name == computed.field)
    needs: list[Column] = [(str(index), _need(scope, need)) for index, need in enumerate(field.needs)]
    return json_object([(f"$f{number}", "0"), *needs, ("$", "0")], _all_seen(scope, field.needs))


def _all_seen(scope: Scope, needs: Iterable[str]) -> str:
    """Where a field that every entry has is hidden, there is nothing to compute from: no function is asked to
    know what a null would mean there."""
    hidden = []
    for need in needs:
        name = need.partition(".")[0]
        if scope.sketch.is_veiled(scope.content_type, name) and not may_lack(
            scope.content_type, name, scope.sketch.stage
        ):
            hidden.append(f"{_need(scope, need)} IS NOT NULL")
    return f"WHERE {' AND '.join(hidden)}" if hidden else ""


def _spell(sql: str, kind: OneColumn | None) -> str:
    """As everywhere, but for floats: a reader of JSON takes `-0` for an integer."""
    match kind:
        case kinds.Float():
            return f"{sql}::text"
        case kinds.Scalars(item=kinds.Float()):
            return f"{sql}::text[]"
        case _:
            return spell(sql, kind)


def _need(scope: Scope, need: str) -> str:
    name, _, part = need.partition(".")
    if not part:
        column = scope.column(name)
        return _spell(scope.physical(column.name), column.kind)
    field = scope.field(name)
    suffix = SUFFIXES[_PARTS.get(part, part)] if isinstance(field.kind, kinds.Markdown) else ""
    return scope.physical(field.column + suffix)
