"""Functions over the values of a field: which kinds take which, their SQL, and how a result is spelled."""

from typing import Literal, assert_never

from masthead.model import kinds
from masthead.query.columns import OneColumn, spell
from masthead.query.order import SORTABLE

Function = Literal["min", "max", "sum", "avg"]

NUMERIC = kinds.Integer | kinds.Float | kinds.Decimal
"""The kinds that can be added up."""

_SMALLEST, _BEYOND = "5e-324", "1.7976931348623158e308"
"""The smallest number above zero that a double holds, and what rounds to no double any more."""


def is_measurable(kind: kinds.Kind, function: Function) -> bool:
    """Whether the function can be asked of a field of this kind."""
    match function:
        case "min" | "max":
            return isinstance(kind, SORTABLE)
        case "sum" | "avg":
            return isinstance(kind, NUMERIC)
        case _:
            assert_never(function)


def aggregate_sql(function: Function, kind: OneColumn | None, value: str) -> str:
    """The aggregate over the expression `value`.

    None of them depends on the order in which rows are read, so that equal rows give equal bytes.
    """
    match function, kind:
        case (("min" | "max"), kinds.Float()):
            return f"({function}({value}) + 0::float8)"  # -0 and 0 are equal: say 0
        case (("min" | "max"), kinds.Decimal()):
            # 1.5 and 1.50 are equal too: say it with as many digits as the longest has, as sum does.
            return f"round({function}({value}), max(scale({value})))"
        case (("sum" | "avg"), kinds.Float()):
            return _as_float(f"{function}({value}::text::numeric)")
        case "avg", kinds.Integer():
            return f"avg({value})::float8"
        case "avg", kinds.Decimal():
            return f"trim_scale(avg({value}))"
        case _:
            return f"{function}({value})"


def spell_aggregate(function: Function, kind: OneColumn | None, value: str) -> str:
    """The expression whose JSON is the result: numbers that JavaScript would round are strings."""
    match function, kind:
        case (("min" | "max"), _):
            return spell(value, kind)
        case "sum", kinds.Integer():
            return f"{value}::text"  # also of small integers: their sum may be a large one
        case _, kinds.Decimal():
            return f"{value}::text"
        case _:
            return value


def _as_float(value: str) -> str:
    """A numeric as a double. Floats are added up as the decimals that they are spelled as: exactly, so
    ten times 0.1 is 1. PostgreSQL refuses to convert what no double can hold: too small is zero, too
    large is null."""
    return (
        f"CASE WHEN abs({value}) < {_SMALLEST} THEN 0::float8 "
        f"WHEN abs({value}) < {_BEYOND} THEN {value}::float8 END"
    )
