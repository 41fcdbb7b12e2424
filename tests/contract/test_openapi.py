"""The OpenAPI document of the default publication is a promise to clients: it changes on purpose or not
at all. `MASTHEAD_ACCEPT=1` writes the snapshot anew."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from tests.store.query.oracle import KITCHEN_SINK
from tests.unit.model.blocks import STORIES

from masthead.cli.schema import schema
from masthead.kernel import InputError
from masthead.model import ContentLock, Entry, compile_model, default_model
from masthead.rest import openapi, openapi_json
from masthead.rest.problem import TITLES

SNAPSHOT = Path(__file__).parents[2] / "docs/reference/openapi.json"


def test_the_document_is_the_committed_one() -> None:
    """To the letter, descriptions included."""
    current = openapi_json(default_model(), is_indented=True)
    if os.environ.get("MASTHEAD_ACCEPT") == "1":
        SNAPSHOT.write_bytes(current)
    assert SNAPSHOT.read_bytes() == current


@pytest.mark.parametrize("model", [default_model(), KITCHEN_SINK, STORIES], ids=["default", "all", "blocks"])
def test_the_document_is_valid(model: Any) -> None:
    """OpenAPI 3.1 with JSON Schema 2020-12, for any model; every reference leads somewhere."""
    document = json.loads(openapi_json(model))
    assert [*OpenAPIV31SpecValidator(document).iter_errors()] == []


class Doc(Entry):
    """Its plural is the address of the page that the document is tried on."""

    name: str


class Index(Entry):
    """Called as a schema of the platform could be."""

    name: str


class Problem(Entry):
    """Likewise."""

    name: str


def test_no_content_type_is_called_as_a_schema_of_the_platform() -> None:
    """Whatever a publication calls its types, each has a schema of its own."""
    model = compile_model([Doc, Index, Problem], ContentLock())[0]
    document = openapi(model)
    assert {"Doc", "Index", "Problem", "index", "problem"} <= set(document["components"]["schemas"])
    assert [*OpenAPIV31SpecValidator(json.loads(openapi_json(model))).iter_errors()] == []


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """`masthead schema --openapi` needs no database and prints nothing else."""
    schema(Path(__file__).parent, openapi=True)
    assert capsys.readouterr().out == SNAPSHOT.read_text("utf-8")


def test_drafts_have_no_document() -> None:
    """REST shows what is public."""
    with pytest.raises(InputError, match="REST shows no drafts"):
        schema(Path(__file__).parent, stage="draft", openapi=True)


def test_every_problem_is_listed() -> None:
    """The schema of a problem gives every code as an example."""
    schemas = openapi(default_model())["components"]["schemas"]
    assert schemas["problem"]["properties"]["code"]["examples"] == sorted(TITLES)
