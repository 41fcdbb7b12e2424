"""A filter's value reaches the driver as PostgreSQL takes it, or is refused with what would be right."""

import math
from decimal import Decimal
from typing import Any

import pytest

from masthead.kernel import InputError
from masthead.model import kinds
from masthead.query import read_operand
from masthead.query.operands import operand_of

STATUS = kinds.Enumeration(name="Status", values=("draft", "in-review"))

TAKEN: list[tuple[kinds.Kind, Any, Any]] = [
    (kinds.Text(), "a", "a"),
    (kinds.Integer(), 2**63 - 1, 2**63 - 1),
    (kinds.Integer(), "-9223372036854775808", -(2**63)),
    (kinds.Float(), 1, 1.0),
    (kinds.Float(), "1e300", 1e300),
    (kinds.Decimal(), "12.50", Decimal("12.50")),
    (kinds.Decimal(), 0.1, Decimal("0.1")),
    (kinds.Boolean(), "true", True),
    (kinds.Boolean(), False, False),
    (kinds.Date(), "2025-03-19", "2025-03-19"),
    (kinds.DateTime(), "2025-03-19T08:30:00Z", "2025-03-19T08:30:00+00:00"),
    (kinds.DateTime(), "2025-03-19t08:30:00.5+05:30", "2025-03-19T03:00:00.500000+00:00"),
    (STATUS, "in-review", "in-review"),
    (kinds.Json(), {"a": [1, None, "ö"]}, '{"a": [1, null, "ö"]}'),
]


@pytest.mark.parametrize(("kind", "value", "read"), TAKEN)
def test_taken(kind: kinds.Kind, value: Any, read: Any) -> None:
    """As JSON has it, or as text in a query string."""
    found = read_operand(kind, "eq", value)
    assert (found, type(found)) == (read, type(read))


REFUSED: list[tuple[kinds.Kind, Any]] = [
    (kinds.Text(), 1),
    (kinds.Text(), None),
    (kinds.Text(), "a\0"),
    (kinds.Text(), "\udc00"),
    (kinds.Integer(), 2**63),
    (kinds.Integer(), -(2**63) - 1),
    (kinds.Integer(), 10**100_000),
    (kinds.Integer(), 1.0),
    (kinds.Integer(), True),
    (kinds.Integer(), "1" * 5000),
    (kinds.Integer(), "\uff11"),
    (kinds.Float(), math.inf),
    (kinds.Float(), math.nan),
    (kinds.Float(), "1e400"),
    (kinds.Float(), 10**400),
    (kinds.Float(), "NaN"),
    (kinds.Float(), True),
    (kinds.Decimal(), "NaN"),
    (kinds.Decimal(), "Infinity"),
    (kinds.Decimal(), "1e400000"),
    (kinds.Decimal(), "1_0"),
    (kinds.Decimal(), "9" * 2000),
    (kinds.Decimal(), 10**100_000),
    (kinds.Decimal(), True),
    (kinds.Boolean(), 1),
    (kinds.Boolean(), "yes"),
    (kinds.Date(), "20250319"),
    (kinds.Date(), "2025-02-30"),
    (kinds.Date(), "2025-03-19T00:00:00Z"),
    (kinds.Date(), "infinity"),
    (kinds.DateTime(), "2025-03-19"),
    (kinds.DateTime(), "2025-03-19T08:30:00"),
    (kinds.DateTime(), "2025-03-19T08:30:00.1234567Z"),
    (kinds.DateTime(), "2025-03-19T25:30:00Z"),
    (kinds.DateTime(), "0001-01-01T00:00:00+14:00"),
    (kinds.DateTime(), "now"),
    (STATUS, "published"),
    (STATUS, ["draft"]),
    (kinds.Json(), "\0"),
    (kinds.Json(), {"a\0": 1}),
    (kinds.Json(), ["\ud800"]),
    (kinds.Json(), math.inf),
]


@pytest.mark.parametrize(("kind", "value"), REFUSED, ids=range(len(REFUSED)))
def test_refused(kind: kinds.Kind, value: Any) -> None:
    """With a code and a remedy; PostgreSQL never sees it."""
    with pytest.raises(InputError) as caught:
        read_operand(kind, "eq", value)
    assert caught.value.code in ("value-invalid", "text-invalid")
    assert caught.value.remedy
    assert len(caught.value.message) < 200


def test_deep_json_is_refused_and_does_not_exhaust_the_stack() -> None:
    """Also where Python's own encoder would."""
    value: Any = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(InputError, match="deeper than 100"):
        read_operand(kinds.Json(), "contains", value)
    while value:  # a deep list is also freed level by level
        (value,) = value


def test_a_backslash_before_u0000_is_no_null_character() -> None:
    """Six letters, not one."""
    assert read_operand(kinds.Json(), "eq", "\\u0000") == '"\\\\u0000"'


@pytest.mark.parametrize(
    ("kind", "operator", "cast"),
    [
        (None, "eq", "uuid"),
        (None, "in", "uuid[]"),
        (kinds.DateTime(), "in", "text[]::timestamptz[]"),
        (kinds.Scalars(item=kinds.Integer()), "has", "bigint"),
        (kinds.Scalars(item=kinds.Integer()), "has_every", "bigint[]"),
        (kinds.Json(), "contains", "text::jsonb"),
        (kinds.Markdown(), "contains", "text"),
    ],
)
def test_a_list_is_one_array_parameter(kind: kinds.Kind | None, operator: Any, cast: str) -> None:
    """So that its length is no part of a plan."""
    assert operand_of(kind, operator).cast == cast


def test_a_list_is_read_item_by_item() -> None:
    """And nothing else is a list."""
    assert read_operand(kinds.Integer(), "in", ["1", 2]) == [1, 2]
    for wrong in ("12", {"a": 1}, None, [None]):
        with pytest.raises(InputError):
            read_operand(kinds.Integer(), "in", wrong)
