"""Which entries a viewer may do something to, asked by commands within their transaction."""

from collections.abc import Iterable
from uuid import UUID

from masthead.access import NEVER, Action, Policies, Predicate, Viewer, without_fields
from masthead.model import ContentModel, ContentType
from masthead.query.guard.guard import Guard, viewer_values
from masthead.query.guard.predicate import Row
from masthead.query.selection import Variable
from masthead.query.sketch import Sketch
from masthead.query.sql import literal
from masthead.store import Stage, Transaction


async def permitted(  # noqa: PLR0913 - a question has this many parts
    transaction: Transaction,
    model: ContentModel,
    policies: Policies,
    viewer: Viewer,
    action: Action,
    type_name: str,
    ids: Iterable[UUID],
    *,
    stage: Stage = "draft",
    fields: Iterable[str] = (),
) -> frozenset[UUID]:
    """Those of the entries that the viewer may read, change, publish or delete, as they are in this
    transaction; with `fields`, those of which it may read or change all of these. What is not an entry of
    the type is in none.

    An archived entry has no row in either stage: rules that ask for its fields do not hold for it.
    """
    wanted = list(ids)
    rule = policies.rule(action, type_name, viewer, frozenset(fields))
    if rule == NEVER or not wanted:
        return frozenset()
    guard = Guard(model, policies, policies.shape(viewer), stage)
    sketch = Sketch(model, stage, (guard,))
    (found,) = sketch.bind(Variable("ids"), lambda value: (value,), ["uuid[]"], ())
    sql = sketch.settled(_statement(sketch, guard, rule, model[type_name], found))
    values = viewer_values(viewer) | {"ids": wanted}
    arguments = [each for binding in sketch.bindings for each in binding.values(values)]
    return frozenset(row["id"] for row in await transaction.fetch(sql, *arguments))


async def permits_create(
    transaction: Transaction,
    model: ContentModel,
    policies: Policies,
    viewer: Viewer,
    type_name: str,
    id_: UUID,
    fields: Iterable[str] = (),
) -> bool:
    """Whether the viewer may create the entry that this transaction has just written, with these fields.
    A rule may ask for what is in it, so it is asked when it is there; a refusal undoes the transaction."""
    found = await permitted(transaction, model, policies, viewer, "create", type_name, [id_], fields=fields)
    return bool(found)


def _statement(sketch: Sketch, guard: Guard, rule: Predicate, content_type: ContentType, ids: str) -> str:
    row = Row(sketch, guard, content_type, "g$", registry="e$")
    there = f'(g$."id" IS NOT NULL AND {row.holds(rule)})'
    gone = f'(g$."id" IS NULL AND {row.holds(without_fields(rule))})'
    return (
        f'SELECT e$."id" FROM masthead."entry" e$ '
        f'LEFT JOIN {sketch.table(content_type, guard)} g$ ON g$."id" = e$."id" '
        f'WHERE e$."type" = {literal(content_type.identity)} AND e$."id" = ANY ({ids}) '
        f"AND ({there} OR {gone})"
    )
