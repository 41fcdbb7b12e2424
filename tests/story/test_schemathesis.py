"""schemathesis asks a running server what its OpenAPI document and its SDL allow, and what they do not: never
a 5xx, never an answer that the document does not describe."""

import copy
import os
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.graphql import nodes
from tests.conformance import CHECKS
from tests.story.conftest import Up

from masthead.model import default_model
from masthead.rest import openapi

SEED = int(os.environ.get("MASTHEAD_SEED", "3"))
"""Failures print it; another one asks other questions."""

EXAMPLES = int(os.environ.get("MASTHEAD_SCHEMATHESIS_EXAMPLES", "10"))
"""Requests for each operation and test."""

SDL = Path(__file__).parents[2] / "web/packages/client/schema.graphql"


def plain_document() -> dict[str, Any]:
    """The part of the document whose requests are all right: no cursors that nobody gave, no names behind
    dots, no fields of what is not included. And answers hold nothing that it does not name."""
    document = copy.deepcopy(openapi(default_model()))
    for name, schema in document["components"]["schemas"].items():
        if "properties" in schema:
            schema["additionalProperties"] = False
        if name.endswith("Filter"):
            del schema["propertyNames"]
            # Lists of ids, numbers and moments are text to JSON Schema: their items are not described.
            schema["properties"] = {
                key: each
                for key, each in schema["properties"].items()
                if not key.endswith(("[in]", "[notIn]"))
            }
    # A page of 500 with whatever it includes is more than the limit on cost.
    document["components"]["parameters"]["PageSize"]["schema"]["maximum"] = 20
    document["paths"] = {
        path: _for_anyone(item) for path, item in document["paths"].items() if _is_open(item)
    }
    for path, item in document["paths"].items():
        operation = item["get"]
        kept = [each for each in operation.get("parameters", []) if _is_plain(each, path)]
        operation["parameters"] = [_without_patterns(each) for each in kept]
    return document


def _is_open(item: dict[str, Any]) -> bool:
    """Whether it can be read by nobody in particular: who is signed in, tests/contract/http asks as."""
    return "get" in item and "security" not in item["get"] and item["get"].get("tags") != ["People"]


def _for_anyone(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in ("parameters", "get") if name in item}


def _is_plain(parameter: dict[str, Any], path: str) -> bool:
    reference = parameter.get("$ref", "").rpartition("/")[2]
    if reference.endswith("Fields"):
        return path.split("/")[2] in openapi(default_model())["components"]["parameters"][reference]["name"]
    return reference not in ("PageAfter", "PageBefore", "Stage", "Archived")


def _without_patterns(parameter: dict[str, Any]) -> dict[str, Any]:
    items = parameter.get("schema", {}).get("items", {})
    if "anyOf" in items:
        parameter["schema"]["items"] = items["anyOf"][0]
    if parameter.get("name") == "sort":  # one key both ways would be refused
        names = [each for each in parameter["schema"]["items"]["enum"] if not each.startswith("-")]
        parameter["schema"]["items"]["enum"] = names
    return parameter


WHOLE = schemathesis.openapi.from_dict(openapi(default_model()))
PLAIN = schemathesis.openapi.from_dict(plain_document())
LABELS = [each.ok().label for each in WHOLE.get_all_operations()]
bounded = settings(max_examples=EXAMPLES, phases=[Phase.explicit, Phase.generate])


def operation(schema: Any, label: str) -> Any:
    """The operation of this name, such as GET /api/posts."""
    return next(each.ok() for each in schema.get_all_operations() if each.ok().label == label)


@pytest.mark.parametrize("label", [each.ok().label for each in PLAIN.get_all_operations()])
def test_what_is_allowed_is_answered(thirty_posts: Up, label: str) -> None:
    """A request within the document is a 200, or a 404 for an entry that is not there."""

    @seed(SEED)
    @bounded
    @given(case=operation(PLAIN, label).as_strategy())
    def ask(case: Any) -> None:
        response = case.call(base_url=thirty_posts.address)
        assert response.status_code in (200, 404), (SEED, response.request.url, response.text)
        case.validate_response(response, checks=CHECKS)

    ask()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("label", LABELS)
def test_whatever_is_asked_has_an_answer(thirty_posts: Up, label: str, mode: GenerationMode) -> None:
    """Sense or nonsense: a status that the document has, with the body that it describes."""
    asked = operation(WHOLE, label)
    if mode is GenerationMode.NEGATIVE and not [*asked.iter_parameters()]:
        pytest.skip("nothing can be wrong with a request that takes nothing")

    @seed(SEED)
    @bounded
    @given(case=asked.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        response = case.call(base_url=thirty_posts.address)
        case.validate_response(response, checks=CHECKS)

    ask()


def test_graphql_has_an_answer_too(thirty_posts: Up) -> None:
    """Operations from the SDL: never a 5xx."""
    for name, strategy in {
        "DateTime": st.just('"2026-01-02T03:04:05Z"'),
        "Date": st.just('"2026-01-02"'),
        "Decimal": st.just('"1.5"'),
        "BigInt": st.just('"12"'),
        "JSON": st.just('"text"'),
    }.items():
        schemathesis.graphql.scalar(name, strategy.map(nodes.String))
    schema = schemathesis.graphql.from_file(SDL.read_text("utf-8"))

    @seed(SEED)
    @bounded
    @given(case=schema.as_strategy())
    def ask(case: Any) -> None:
        response = case.call(base_url=f"{thirty_posts.address}/graphql")
        assert response.status_code < 500
        assert b"SERVER_ERROR" not in response.content, (SEED, case.body, response.text)
        assert b"DATABASE_ERROR" not in response.content, (SEED, case.body, response.text)

    ask()
