"""Patches between any two answers make the one of the other."""

import orjson
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.graphql.live.patching import applied

from masthead.graphql.live.patches import patch_of, steps

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "a", "b"]),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.sampled_from("ab/~"), inner, max_size=4),
    max_leaves=20,
)


@given(old=JSON, new=JSON)
def test_a_patch_leads_from_one_to_the_other(old: object, new: object) -> None:
    """Whatever they are."""
    assert applied(old, [*steps("", old, new)]) == new


def test_a_row_that_is_new_at_the_top_is_one_step() -> None:
    """Lists are compared from both ends."""
    before = orjson.dumps({"data": {"nodes": [{"id": n} for n in (3, 2, 1)]}})
    after = orjson.dumps({"data": {"nodes": [{"id": n} for n in (4, 3, 2, 1)]}})
    assert orjson.loads(patch_of(before, after)) == [{"op": "add", "path": "/nodes/0", "value": {"id": 4}}]
