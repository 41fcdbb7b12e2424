"""Every limit: what just fits, what is one too many, and an error that names the limit and its value."""

import json
from typing import Any

import pytest
from tests.unit.graphql.serving import CannedReader, an_engine, client

from masthead.graphql import Limits

BY = "query ($by: [PostOrder!]) { posts(orderBy: $by) { totalCount } }"
FRAGMENT = "fragment F on Post { id slug }"


def posts(inner: str) -> str:
    """A document that selects this of posts."""
    return f"{{ posts {{ {inner} }} }}"


CASES: list[tuple[str, int, str, str]] = [
    ("tokens", 6, "{ site { id } }", "{ site { id title } }"),
    (
        "aliases",
        2,
        posts("a: totalCount b: totalCount"),
        posts("a: totalCount b: totalCount c: totalCount"),
    ),
    (
        "root_fields",
        2,
        "{ a: __typename b: __typename }",
        "{ a: __typename b: __typename c: __typename }",
    ),
    (
        "directives",
        1,
        posts("totalCount @skip(if: false)"),
        posts("totalCount @skip(if: false) nodes @include(if: true) { id }"),
    ),
    ("depth", 3, posts("nodes { id }"), posts("nodes { tags { id } }")),
    (
        "fields",
        4,
        f"{{ posts {{ nodes {{ ...F }} }} }} {FRAGMENT}",
        f"{{ posts {{ nodes {{ ...F title }} }} }} {FRAGMENT}",
    ),
    ("repeats", 2, posts("totalCount totalCount"), posts("totalCount ... { totalCount } totalCount")),
]


@pytest.mark.parametrize(("limit", "most", "fits", "too_much"), CASES, ids=[c[0] for c in CASES])
async def test_what_just_fits_is_executed_and_one_more_is_not(
    limit: str, most: int, fits: str, too_much: str
) -> None:
    """The error has the limit's name and value; PostgreSQL hears nothing of what is refused."""
    reader = CannedReader()
    engine = an_engine(reader, Limits(**{limit: most}))
    assert (await engine.execute(fits)).status == 200
    asked = len(reader.asked)
    answer = await engine.execute(too_much)
    (error,) = json.loads(answer.body)["errors"]
    assert (answer.status, error["extensions"]["code"]) == (400, f"{limit.upper()}_EXCEEDED")
    assert f"the limit `{limit}` is {most}." in error["message"]
    assert len(reader.asked) == asked


@pytest.mark.parametrize(
    ("limits", "by", "code"),
    [
        (Limits(values=5), [{"id": "ASC"}, {"slug": "ASC"}], None),
        (Limits(values=4), [{"id": "ASC"}, {"slug": "ASC"}], "VALUES_EXCEEDED"),
        (Limits(value_depth=2), [{"id": "ASC"}], None),
        (Limits(value_depth=1), [{"id": "ASC"}], "VALUE_DEPTH_EXCEEDED"),
    ],
)
async def test_variables_are_counted(limits: Limits, by: list[Any], code: str | None) -> None:
    """The list counts, its objects count, and what they hold."""
    body = json.loads((await an_engine(limits=limits).execute(BY, {"by": by})).body)
    assert [each["extensions"]["code"] for each in body.get("errors", [])] == ([code] if code else [])


HONEST = [
    "{ posts(first: 500) { nodes { id title slug path date description authors { name } tags { name } } } }",
    "{ posts(first: 100) { nodes { title body { html } } } }",
    "{ authors(first: 100) { nodes { name posts(first: 100) { nodes { title path } } } } }",
    "{ posts(first: 500) { edges { cursor node { title } } pageInfo { hasNextPage } totalCount } }",
]
DEAR = [
    "{ authors(first: 500) { nodes { posts(first: 500) { nodes { id } } } } }",
    "{ tags(first: 99) { nodes { posts(first: 99) { nodes { tags { posts { nodes { id } } } } } } } }",
    "{ authors(first: 500) { nodes { posts(first: 100) { nodes { body { html } } } } } }",
]


@pytest.mark.parametrize("document", HONEST)
async def test_honest_operations_cost_little(document: str) -> None:
    """With the defaults."""
    assert (await an_engine().execute(document)).status == 200


@pytest.mark.parametrize("document", DEAR)
async def test_dear_operations_are_refused_with_their_cost(document: str) -> None:
    """Rows times what each of them shows, before any SQL."""
    reader = CannedReader()
    (error,) = json.loads((await an_engine(reader).execute(document)).body)["errors"]
    assert error["extensions"]["code"] == "COST_EXCEEDED"
    assert "the limit `cost` is 500,000" in error["message"]
    assert reader.asked == []


async def test_introspection_has_a_cost_too() -> None:
    """What graphql-core would take a second for."""
    names = " ".join(f"a{number}: description" for number in range(45))
    document = f"{{ __schema {{ types {{ name fields {{ name args {{ {names} }} }} }} }} }}"
    assert b"COST_EXCEEDED" in (await an_engine(limits=Limits(cost=1000)).execute(document)).body
    one = "a{}: __schema {{ types {{ name fields {{ name }} }} }}"
    many = " ".join(one.format(number) for number in range(20))
    engine = an_engine(limits=Limits(cost=5000))
    assert b"COST_EXCEEDED" not in (await engine.execute(f"{{ {one.format(0)} }}")).body
    spread = f"{{ ...F }} fragment F on Query {{ {many} }}"
    assert b"COST_EXCEEDED" in (await engine.execute(spread)).body


async def test_a_limit_of_the_body_counts_every_chunk() -> None:
    """413, also where no length was announced."""

    async def chunks() -> Any:
        for _ in range(5):
            yield b" " * 30

    async with client(an_engine(limits=Limits(request_bytes=100))) as http:
        response = await http.post("/graphql", content=chunks(), headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert "more than 100 bytes" in response.text


@pytest.mark.parametrize(
    "document",
    [
        "{ " + "posts { nodes { id } } " * 1100 + "}",
        "{ node(id: 1) { "
        + " ".join(f"...F{n}" for n in range(700))
        + " } } "
        + " ".join(f"fragment F{n} on Post {{ id }}" for n in range(700)),
    ],
    ids=["fields of one name", "fragments at one place"],
)
async def test_validation_gives_up_on_what_grows_with_the_square(document: str) -> None:
    """A fifth of a second instead of more than one."""
    answer = await an_engine().execute(document)
    assert (answer.status, b"DOCUMENT_TOO_COMPLEX" in answer.body) == (400, True)


@pytest.mark.parametrize(
    "document",
    [
        "{ " + "a { " * 3000 + "}" * 3001,
        "{ posts(first: " + "[" * 3000 + "]" * 3000 + ") { totalCount } }",
        "{ ...F0 } "
        + " ".join(f"fragment F{n} on Query {{ ... {{ ...F{n + 1} }} }}" for n in range(300))
        + " fragment F300 on Query { __typename }",
    ],
    ids=["objects", "lists", "fragments"],
)
async def test_what_nests_without_end_is_refused(document: str) -> None:
    """400, and the stack is not exhausted."""
    answer = await an_engine().execute(document)
    assert answer.status == 400
    (error,) = json.loads(answer.body)["errors"]
    assert error["extensions"]["code"] in ("NESTING_EXCEEDED", "DOCUMENT_TOO_COMPLEX")


async def test_at_most_twenty_errors_are_told() -> None:
    """The twenty-first would help nobody."""
    names = " ".join(f"nope{number}" for number in range(100))
    assert len(json.loads((await an_engine().execute(f"{{ {names} }}")).body)["errors"]) == 20


@pytest.mark.no_cover  # thousands of plans
async def test_kept_documents_and_plans_are_bounded_in_bytes() -> None:
    """A thousand long documents would fill the memory."""
    engine = an_engine()
    for number in range(600):
        await engine.execute(f"# {number} {'x' * 60_000}\n{{ site {{ id }} }}")
    assert engine.documents.used <= 8 * 2**20
    assert len(engine.documents) < 150
    assert engine.plans.used <= 24 * 2**20
    assert len(engine.plans) < 450
