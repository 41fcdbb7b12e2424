"""What a filter gets wrong is said once, with a code, the path of the input and a remedy."""

import json
from typing import Any

import pytest
from tests.unit.graphql.serving import an_engine

from masthead.graphql import Limits

POSTS = "query ($f: PostFilter) { posts(where: $f) { totalCount } }"
LITERAL = "{ posts(where: %s) { totalCount } }"


def nested(depth: int) -> dict[str, Any]:
    """A filter that denies itself again and again."""
    where: dict[str, Any] = {"title": {"eq": "a"}}
    for _ in range(depth):
        where = {"not": where}
    return where


IN_VARIABLES: dict[str, tuple[dict[str, Any], str, str]] = {
    "an unknown field": ({"nope": {"eq": "a"}}, "BAD_USER_INPUT", "nope"),
    "an unknown operator": ({"title": {"like": "a"}}, "BAD_USER_INPUT", "like"),
    "a number for text": ({"title": {"eq": 1}}, "BAD_USER_INPUT", ".title.eq"),
    "text for a list": ({"tags": {"some": "a"}}, "BAD_USER_INPUT", ".tags.some"),
    "null for less": ({"title": {"lt": None}}, "BAD_USER_INPUT", "`where.title.lt`"),
    "null for a list": ({"title": {"in": None}}, "BAD_USER_INPUT", "`where.title.in`"),
    "null in a list": ({"title": {"in": [None]}}, "BAD_USER_INPUT", ".title.in[0]"),
    "null for a field": ({"title": None}, "BAD_USER_INPUT", "`where.title`"),
    "null for and": ({"and": None}, "BAD_USER_INPUT", "`where.and`"),
    "null for not": ({"and": [{"not": None}]}, "BAD_USER_INPUT", "`where.and.0.not`"),
    "null for isNull": ({"title": {"isNull": None}}, "BAD_USER_INPUT", "`where.title.isNull`"),
    "null for related entries": ({"tags": {"some": None}}, "BAD_USER_INPUT", "`where.tags.some`"),
    "no date": ({"date": {"gt": "soon"}}, "BAD_USER_INPUT", ".date.gt"),
    "a date that is none": ({"date": {"gt": "2025-02-30T00:00:00Z"}}, "BAD_USER_INPUT", "2025-02-30"),
    "a moment without an offset": ({"date": {"gt": "2025-02-03T00:00:00"}}, "BAD_USER_INPUT", "offset"),
    "a number for a moment": ({"date": {"gt": 1740000000}}, "BAD_USER_INPUT", ".date.gt"),
    "an id that is none": ({"id": {"eq": "x"}}, "ID_INVALID", "'x'"),
    "a null character": ({"title": {"eq": "a\0"}}, "TEXT_INVALID", "null character"),
    "half a surrogate pair": ({"title": {"in": ["\ud800"]}}, "TEXT_INVALID", "surrogate"),
    "too deep": (nested(30), "DEPTH_EXCEEDED", "20"),
    "far too deep": (nested(3000), "VALUE_DEPTH_EXCEEDED", "40"),
    "too many conditions": ({"or": [{"title": {"eq": "a"}}] * 60}, "CONDITIONS_EXCEEDED", "100"),
}


@pytest.mark.parametrize(("where", "code", "says"), IN_VARIABLES.values(), ids=IN_VARIABLES.keys())
async def test_in_a_variable(where: dict[str, Any], code: str, says: str) -> None:
    """400, its code, and a message that says where or what."""
    status, error = await refusal(POSTS, {"f": where})
    assert (status, error["extensions"]["code"]) == (400, code)
    assert says in error["message"]


IN_DOCUMENTS = {
    "an unknown field": ('{nope: {eq: "a"}}', "GRAPHQL_VALIDATION_FAILED"),
    "a number for text": ("{title: {eq: 1}}", "GRAPHQL_VALIDATION_FAILED"),
    "null for less": ("{title: {lt: null}}", "BAD_USER_INPUT"),
    "no date": ('{date: {gt: "soon"}}', "GRAPHQL_VALIDATION_FAILED"),
    "a null character": ('{title: {eq: "\\u0000"}}', "TEXT_INVALID"),
    "an id that is none": ('{cover: {id: {in: ["x"]}}}', "ID_INVALID"),
    "too deep": ("{not: " * 30 + '{title: {eq: "a"}}' + "}" * 30, "DEPTH_EXCEEDED"),
    "too many conditions": (
        f"{{or: [{'{title: {eq: 1}} '.replace('1', chr(34) * 2) * 60}]}}",
        "CONDITIONS_EXCEEDED",
    ),
}


@pytest.mark.parametrize(("where", "code"), IN_DOCUMENTS.values(), ids=IN_DOCUMENTS.keys())
async def test_in_a_document(where: str, code: str) -> None:
    """The same, with a place in the document."""
    status, error = await refusal(LITERAL % where)
    assert (status, error["extensions"]["code"]) == (400, code)
    assert error.get("locations") or error.get("path")


async def test_the_path_is_that_of_the_input() -> None:
    """From the response key to the operator."""
    _, error = await refusal("{ mine: posts(where: {tags: {some: {name: {lt: null}}}}) { totalCount } }")
    assert error["path"] == ["mine", "where", "tags", "some", "name", "lt"]


async def test_a_value_that_is_wrong_when_it_is_bound_names_its_path_and_its_variable() -> None:
    """Although the plan was made before, for other values."""
    _, error = await refusal(POSTS, {"f": {"and": [{"title": {"eq": "\0"}}]}})
    assert error["path"] == ["posts", "where", "and", "0", "title", "eq"]
    assert error["locations"] == [{"line": 1, "column": 8}]


async def test_conditions_are_counted_over_the_whole_operation() -> None:
    """Two filters of half the limit each are as dear as one."""
    page = 'posts(where: {title: {eq: "a"}}) { totalCount }'
    document = f"{{ a: {page} b: {page} }}"
    assert an_engine(limits=Limits(conditions=4)).plan(document)
    answer = await an_engine(limits=Limits(conditions=3)).execute(document)
    assert json.loads(answer.body)["errors"][0]["extensions"]["code"] == "CONDITIONS_EXCEEDED"


async def refusal(document: str, variables: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    """The status and the first error."""
    answer = await an_engine().execute(document, variables)
    body = json.loads(answer.body)
    assert list(body) == ["errors"]
    return answer.status, body["errors"][0]
