"""No door without a row in the story of authorisation.

`unauthorised.txt` lists the doors that have none, one a line. It is empty, and stays so: this test fails when
a door has neither a row nor a line, when a line names what is not there, and when there is a line at all.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from graphql import GraphQLSchema
from tests.story.authorisation import ROWS

from masthead.graphql import editorial_schema
from masthead.model import default_model
from masthead.rest import openapi
from masthead.rest.people.pages.endpoint import ACCOUNT, LINK, SIGN_IN

LIST = Path(__file__).parent / "unauthorised.txt"

METHODS = ("get", "post", "put", "patch", "delete")


def endpoints() -> Iterator[str]:
    """Every operation of the OpenAPI document: "POST /api/posts"."""
    for path, item in openapi(default_model())["paths"].items():
        yield from (f"{method.upper()} {path}" for method in METHODS if method in item)


def mutations(schema: GraphQLSchema) -> Iterator[str]:
    """Every mutation of the editorial schema."""
    assert schema.mutation_type is not None
    yield from (f"mutation {name}" for name in schema.mutation_type.fields)


def pages() -> Iterator[str]:
    """Every page of people, to be opened and to be sent."""
    for path in (SIGN_IN, LINK, ACCOUNT):
        yield from (f"page {method} {path}" for method in ("GET", "POST"))


def doors() -> set[str]:
    """All of them."""
    return {*endpoints(), *mutations(editorial_schema(default_model())), *pages()}


def wrong_with(doors: set[str], rows: Iterable[str], listed: list[str]) -> list[str]:
    """What is wrong with the rows and the list; empty when nothing is."""
    covered = [*rows]
    found = [f"{each}: no row in the story, and not listed" for each in doors - {*covered, *listed}]
    found += [f"{each}: listed, and not there" for each in {*listed} - doors]
    found += [f"{each}: listed, and has a row" for each in {*listed} & {*covered}]
    found += [f"{each}: has a row, and is not there" for each in {*covered} - doors]
    found += [f"{each}: listed: give it a row" for each in listed]
    found += [f"{each}: has two rows" for each in {*covered} if covered.count(each) > 1]
    return sorted(found)


def test_every_door_has_a_row_and_the_list_is_empty() -> None:
    """Endpoints, mutations, pages."""
    listed = LIST.read_text("utf-8").split("\n")
    assert wrong_with(doors(), [each.operation for each in ROWS], [each for each in listed if each]) == []


@pytest.mark.parametrize(
    ("rows", "listed", "wrong"),
    [
        (["a"], [], ["b: no row in the story, and not listed"]),
        (["a"], ["b"], ["b: listed: give it a row"]),
        (["a", "b"], ["c"], ["c: listed, and not there", "c: listed: give it a row"]),
        (["a", "b"], ["b"], ["b: listed, and has a row", "b: listed: give it a row"]),
        (["a", "b", "c"], [], ["c: has a row, and is not there"]),
        (["a", "b", "b"], [], ["b: has two rows"]),
    ],
)
def test_it_can_fail(rows: list[str], listed: list[str], wrong: list[str]) -> None:
    """Each of what it is there to find, found."""
    assert wrong_with({"a", "b"}, rows, listed) == wrong
    assert wrong_with({"a", "b"}, ["a", "b"], []) == []
