"""Cursors are opaque to clients and never trusted by the server."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.kernel import InputError
from masthead.model import default_model
from masthead.query.cursor import cursor_nulls, cursor_values
from masthead.query.order import order_of
from masthead.query.selection import Sort
from masthead.query.sketch import Sketch

MODEL = default_model()
POST = MODEL["Post"]
SKETCH = Sketch(MODEL, "live")
ORDER = order_of(SKETCH, POST, (Sort("updated"), Sort("title", is_descending=True)))
ID = "01a20452-00d9-764d-8865-7333954a9de5"
MOMENT = "2025-03-19T00:00:00+00:00"


def cursor(*values: Any) -> str:
    """A cursor of these values."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def test_values_without_nulls_are_parameters() -> None:
    """Which ones are null is known apart, because it decides the SQL."""
    text = cursor(ORDER.digest, None, "title", ID)
    assert cursor_nulls(text) == (True, False, False)
    assert [str(value) for value in cursor_values(text, ORDER)] == ["title", ID]


def test_a_renamed_field_breaks_no_cursor() -> None:
    """The digest names columns, which never change, and directions."""
    assert (
        order_of(SKETCH, POST, (Sort("date", is_descending=True),)).digest
        == order_of(SKETCH, POST, ()).digest
    )
    assert order_of(SKETCH, POST, (Sort("date"),)).digest != order_of(SKETCH, POST, ()).digest


@pytest.mark.parametrize(
    "values",
    [
        ("2025-03-19", "t", ID),
        ("not a moment", "t", ID),
        (5, "t", ID),
        (MOMENT, 5, ID),
        (MOMENT, "nul\0", ID),
        (MOMENT, "\ud800", ID),
        (MOMENT, "t", "no uuid"),
        (MOMENT, "t", 5),
        (MOMENT, "t", None, ID),
    ],
)
def test_forged_values_are_refused(values: tuple[Any, ...]) -> None:
    """With one clear error, before PostgreSQL sees them."""
    with pytest.raises(InputError) as caught:
        cursor_values(cursor(ORDER.digest, *values), ORDER)
    assert caught.value.code in ("cursor-invalid", "cursor-order")


@given(st.text() | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_any_text_is_a_cursor_or_an_input_error(text: str) -> None:
    """Nothing else is raised, whatever a client sends."""
    try:
        cursor_nulls(text)
        cursor_values(text, ORDER)
    except InputError as error:
        assert error.remedy  # noqa: PT017 - either outcome is right


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5
)


@given(st.lists(json_values, max_size=4))
def test_any_values_are_taken_or_refused(values: list[Any]) -> None:
    """Also in a cursor whose digest is right."""
    try:
        cursor_values(cursor(ORDER.digest, *values), ORDER)
    except InputError as error:
        assert error.code in ("cursor-invalid", "cursor-order")  # noqa: PT017 - either outcome is right
