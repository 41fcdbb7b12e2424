"""One comparison of a filter: a field, an operator, a value, as SQL, and its exact opposite."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, assert_never

from masthead.model import ContentType, kinds
from masthead.query.operands import operand_of
from masthead.query.selection import Compare, Given, Operator
from masthead.query.sketch import Sketch

_OPPOSITES: dict[Operator, Operator] = {"ne": "eq", "not_in": "in"}


@dataclass(frozen=True, slots=True)
class Compared:
    """The field's value in one row. `kind` is None for `id`."""

    expression: str
    kind: kinds.Kind | None
    is_nullable: bool


def compare(
    sketch: Sketch, value: Compared, condition: Compare, path: tuple[str, ...], *, is_negated: bool
) -> str:
    """The predicate. It is true where the comparison holds, and false or unknown where it does not.

    Its opposite, which is asked for with `is_negated`, is true wherever it is false or unknown.
    """
    operator = condition.operator
    if operator in _OPPOSITES:
        operator, is_negated = _OPPOSITES[operator], not is_negated
    match operator, condition.value:
        case "is_null", Given(value=bool(is_null)):
            return f"{value.expression} IS {'NOT ' if is_null is is_negated else ''}NULL"
        case "is_empty", Given(value=bool(is_empty)):
            holds = f"cardinality({value.expression}) {'=' if is_empty else '>'} 0"
            return _opposite(holds, value) if is_negated else holds
    operand = operand_of(value.kind, operator)
    place = (*path, *(str(step) for step in condition.place or (condition.field, operator)))
    (parameter,) = sketch.bind(condition.value, _one(operand.read), [operand.cast], place)
    if is_negated and operator == "eq":
        return f"{value.expression} {'IS DISTINCT FROM' if value.is_nullable else '<>'} {parameter}"
    if is_negated and operator == "in" and not value.is_nullable:
        return f"{value.expression} <> ALL ({parameter})"
    holds = _holds(operator, value, parameter)
    return _opposite(holds, value) if is_negated else holds


def compared(sketch: Sketch, content_type: ContentType, name: str, row: Callable[[str], str]) -> Compared:
    """The value of a field or a system field. Of Markdown it is the plain text."""
    if name not in content_type:
        return Compared(row(name), _SYSTEM[name], sketch.may_be_null(content_type, name))
    field = content_type[name]
    suffix = "_text" if isinstance(field.kind, kinds.Markdown) else ""
    return Compared(row(field.column + suffix), field.kind, sketch.may_be_null(content_type, name))


_MOMENT = kinds.DateTime()
_SYSTEM: dict[str, kinds.Kind | None] = {
    "id": None,
    "path": kinds.Text(),
    "created_at": _MOMENT,
    "updated_at": _MOMENT,
    "published_at": _MOMENT,
}


def _one(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda value: (read(value),)


def _opposite(holds: str, value: Compared) -> str:
    """What an index could find is spelled as it is; nothing can be unknown where nothing is null."""
    return f"({holds}) IS NOT TRUE" if value.is_nullable else f"NOT ({holds})"


def _holds(operator: Operator, value: Compared, parameter: str) -> str:
    x = value.expression
    match operator:
        case "eq":
            return f"{x} = {parameter}"
        case "in":
            return f"{x} = ANY ({parameter})"
        case "lt" | "lte" | "gt" | "gte":
            return f"{x} {_SIGNS[operator]} {parameter}"
        case "contains" if isinstance(value.kind, kinds.Json):
            return f"{x} @> {parameter}"
        # No LIKE: its wildcards would have to be escaped, and a function needs no second spelling.
        case "contains":
            return f"strpos({x}, {parameter}) > 0"
        case "starts_with":
            return f"starts_with({x}, {parameter})"
        case "ends_with":
            return _ends_with(x, parameter)
        case "eq_insensitive":
            return f"lower({x}) = lower({parameter})"
        case "contains_insensitive":
            return f"strpos(lower({x}), lower({parameter})) > 0"
        case "starts_with_insensitive":
            return f"starts_with(lower({x}), lower({parameter}))"
        case "ends_with_insensitive":
            return _ends_with(f"lower({x})", f"lower({parameter})")
        case "has":
            return f"{x} @> ARRAY[{parameter}]"
        case "has_every":
            return f"{x} @> {parameter}"
        case "has_some":
            return f"{x} && {parameter}"
        case "ne" | "not_in" | "is_null" | "is_empty":
            raise AssertionError(f"{operator} is written otherwise")
        case _:
            assert_never(operator)


_SIGNS = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}


def _ends_with(text: str, end: str) -> str:
    return f"right({text}, length({end})) = {end}"
