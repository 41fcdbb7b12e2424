"""What an operation gets wrong is said once, with a place in the document, a code and a remedy."""

import base64
import json
from typing import Any

import pytest
from tests.unit.graphql.serving import an_engine

from masthead.graphql import Answer, Limits
from masthead.model import default_model
from masthead.query import plan, selection

BY_SLUG = "query ($s: String) {\n  post(slug: $s) { id }\n}"
PAGE = "query ($a: String, $by: [PostOrder!]) {\n  posts(after: $a, orderBy: $by) { nodes { id } }\n}"


def cursor(*values: Any) -> str:
    """A cursor of these values."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


REFUSALS: dict[str, tuple[str, dict[str, Any], str, Any]] = {
    "syntax": ("{ posts {", {}, "GRAPHQL_PARSE_FAILED", [{"line": 1, "column": 10}]),
    "unknown field": ("{ nope }", {}, "GRAPHQL_VALIDATION_FAILED", [{"line": 1, "column": 3}]),
    "two keys in an order": (
        "{ posts(orderBy: [{id: ASC, title: ASC}]) { totalCount } }",
        {},
        "GRAPHQL_VALIDATION_FAILED",
        [{"line": 1, "column": 19}],
    ),
    "a variable of another type": (BY_SLUG, {"s": 1}, "BAD_USER_INPUT", None),
    "no argument": ("{ post { id } }", {}, "BAD_USER_INPUT", [{"line": 1, "column": 3}]),
    "null for an argument": (BY_SLUG, {"s": None}, "BAD_USER_INPUT", [{"line": 2, "column": 3}]),
    "two arguments": (
        '{ post(id: "1", slug: "a") { id } }',
        {},
        "BAD_USER_INPUT",
        [{"line": 1, "column": 3}],
    ),
    "an id that is none": ('{ node(id: "x") { id } }', {}, "ID_INVALID", None),
    "a page too large": ("{ posts(first: 501) { totalCount } }", {}, "PAGE_SIZE", [{"line": 1, "column": 3}]),
    "a page below nothing": (
        "{ posts(first: -1) { totalCount } }",
        {},
        "PAGE_SIZE",
        [{"line": 1, "column": 3}],
    ),
    "a number too large": (
        "{ posts(first: 99999999999) { totalCount } }",
        {},
        "GRAPHQL_VALIDATION_FAILED",
        [{"line": 1, "column": 16}],
    ),
    "no cursor": ('{ posts(after: "!") { totalCount } }', {}, "CURSOR_INVALID", [{"line": 1, "column": 3}]),
    "no cursor in a variable": (PAGE, {"a": "x"}, "CURSOR_INVALID", [{"line": 1, "column": 8}]),
    "a cursor of another order": (
        PAGE,
        {"a": cursor("0", "1", "2")},
        "CURSOR_ORDER",
        [{"line": 1, "column": 8}],
    ),
    "a cursor of fewer keys": (PAGE, {"a": cursor("0", "1")}, "CURSOR_ORDER", [{"line": 1, "column": 8}]),
    "a null character": (BY_SLUG, {"s": "a\0"}, "TEXT_INVALID", [{"line": 1, "column": 8}]),
    "half a surrogate pair": (BY_SLUG, {"s": "\ud800"}, "TEXT_INVALID", [{"line": 1, "column": 8}]),
    "a mutation": ("mutation { __typename }", {}, "GRAPHQL_VALIDATION_FAILED", [{"line": 1, "column": 1}]),
    "a subscription": ("subscription { entryChanged { id } }", {}, "SUBSCRIPTION_NEEDS_STREAM", None),
    "an unknown subscription": (
        "subscription { x }",
        {},
        "GRAPHQL_VALIDATION_FAILED",
        [{"line": 1, "column": 16}],
    ),
    "two operations and no name": (
        "query A { site { id } } query B { site { id } }",
        {},
        "OPERATION_RESOLUTION_FAILURE",
        None,
    ),
    "no operation": ("fragment F on Post { id }", {}, "GRAPHQL_VALIDATION_FAILED", None),
}


@pytest.mark.parametrize(
    ("document", "variables", "code", "locations"), REFUSALS.values(), ids=REFUSALS.keys()
)
async def test_refusal(document: str, variables: dict[str, Any], code: str, locations: Any) -> None:
    """Each is 400, has a code, and says where."""
    answer = await an_engine().execute(document, variables)
    (error, *_) = errors(answer)
    assert (answer.status, error["extensions"]["code"]) == (400, code)
    if locations is not None:
        assert error["locations"] == locations


async def test_an_unknown_operation_name_lists_those_that_are_known() -> None:
    """The remedy is a list."""
    answer = await an_engine().execute("query A { site { id } }", None, "B")
    assert "B" in errors(answer)[0]["message"]
    assert errors(answer)[0]["extensions"]["remedy"] == "Its operations: A."


async def test_the_path_names_the_field_at_fault() -> None:
    """By response keys: what the client called it."""
    answer = await an_engine().execute("{ tags { nodes { mine: posts(first: 1000) { totalCount } } } }")
    assert errors(answer)[0]["path"] == ["tags", "nodes", "mine"]


@pytest.mark.parametrize(
    ("limits", "document", "code", "status"),
    [
        (Limits(document_bytes=30), "{ posts { totalCount } } # and more", "DOCUMENT_TOO_LARGE", 413),
        (Limits(depth=3), "{ posts { nodes { tags { name } } } }", "DEPTH_EXCEEDED", 400),
        (
            Limits(fields=5),
            "{ a: posts { nodes { id slug } } b: posts { nodes { id } } }",
            "FIELDS_EXCEEDED",
            400,
        ),
        (Limits(page_size=5), "{ posts(first: 6) { totalCount } }", "PAGE_SIZE", 400),
    ],
)
async def test_limits_are_named_with_their_value(
    limits: Limits, document: str, code: str, status: int
) -> None:
    """So that a client knows what it may ask for."""
    answer = await an_engine(limits=limits).execute(document)
    (error,) = errors(answer)
    assert (answer.status, error["extensions"]["code"]) == (status, code)
    assert any(str(value) in error["message"] for value in (30, 3, 5))


async def test_fragments_cannot_multiply_without_end() -> None:
    """Twenty lines that spread each other would select a hundred thousand fields."""
    spread = "fragment T{0} on Tag {{ posts {{ nodes {{ {1} }} }} }}"
    fragments = " ".join(
        spread.format(level, " ".join(f"a{n}: tags {{ ...T{level + 1} }}" for n in range(9)))
        for level in range(5)
    )
    document = f"{{ tags {{ nodes {{ ...T0 }} }} }} {fragments} fragment T5 on Tag {{ id }}"
    answer = await an_engine().execute(document)
    assert errors(answer)[0]["extensions"]["code"] == "FIELDS_EXCEEDED"


async def test_introspection_may_nest_deeper_than_data() -> None:
    """Its depth says nothing about the rows it costs."""
    document = "{ __schema { types { fields { type { ofType { ofType { ofType { name } } } } } } } }"
    assert (await an_engine(limits=Limits(depth=3)).execute(document)).status == 200


def test_constants_need_no_statement() -> None:
    """A selection of constants only has an answer and no statement."""
    made = plan(
        default_model(), selection.Selection((selection.Member("t", selection.TypeName("Query")),)), "live"
    )
    assert (made.sql, made.constant) == ("", b'{"t":"Query"}')


def errors(answer: Answer) -> list[dict[str, Any]]:
    """The errors of an answer that has nothing else."""
    body = json.loads(answer.body)
    assert list(body) == ["errors"]
    found: list[dict[str, Any]] = body["errors"]
    return found
