"""Pages, orders and ids that are refused: by code, with the limit, the value and the place."""

import json
from typing import Any

import pytest
from tests.unit.graphql.serving import an_engine

from masthead.graphql import Limits

NOBODY = "00000000-0000-0000-0000-000000000000"
IDS = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
TWO_KEYS = "{ posts(orderBy: [{ cover: { width: ASC } }]) { totalCount } }"

CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("{ posts(first: 2, last: 3) { totalCount } }", {}, "BAD_USER_INPUT", "`first` is 2 and `last` is 3"),
    ("{ posts(first: -1) { totalCount } }", {}, "PAGE_SIZE", "`first` is -1; it can be 0 to 500."),
    ("{ posts(last: 501) { totalCount } }", {}, "PAGE_SIZE", "`last` is 501; it can be 0 to 500."),
    ("{ posts(offset: -1) { totalCount } }", {}, "BAD_USER_INPUT", "`offset` is -1"),
    ("{ posts(offset: 10001) { totalCount } }", {}, "OFFSET_EXCEEDED", "the limit `offset` is 10,000."),
    ('{ posts(after: "") { totalCount } }', {}, "CURSOR_INVALID", "not one that this API gave"),
    ('{ posts(before: "x") { totalCount } }', {}, "CURSOR_INVALID", "not one that this API gave"),
    (IDS, {"ids": [NOBODY, "x"]}, "ID_INVALID", "ids[1]: 'x' is not an id."),
    (IDS, {"ids": [NOBODY] * 501}, "PAGE_SIZE", "`ids` holds 501; it can hold 500."),
]


@pytest.mark.parametrize(("document", "variables", "code", "said"), CASES, ids=[case[3] for case in CASES])
async def test_refused(document: str, variables: dict[str, Any], code: str, said: str) -> None:
    """Before any SQL is sent."""
    (error,) = json.loads((await an_engine().execute(document, variables)).body)["errors"]
    assert error["extensions"]["code"] == code
    assert said in error["message"]
    assert error["path"]


async def test_an_order_counts_what_it_leads_through() -> None:
    """Each reference is a join."""
    assert an_engine(limits=Limits(order_keys=2)).plan(TWO_KEYS)
    body = (await an_engine(limits=Limits(order_keys=1)).execute(TWO_KEYS)).body
    assert b"the limit `order_keys` is 1" in body
