"""The schema of the default publication is a promise to clients: it changes on purpose or not at all.

The snapshot is the file that the typed client is generated from, so the site cannot rely on an older one.
When a change is meant: `masthead schema > web/packages/client/schema.graphql`, then, in web/, `npm run
generate`.
"""

from pathlib import Path

import pytest
from graphql import build_schema, find_breaking_changes, validate_schema
from tests.store.query.oracle import KITCHEN_SINK
from tests.unit.model.blocks import STORIES

from masthead.graphql import editorial_schema, schema_of, sdl
from masthead.model import ContentModel, default_model

CLIENT = Path(__file__).parents[2] / "web/packages/client"
SNAPSHOT = (CLIENT / "schema.graphql").read_text("utf-8")
EDITORIAL = (CLIENT / "editorial.graphql").read_text("utf-8")


def test_the_schema_is_the_committed_one() -> None:
    """To the letter, descriptions included."""
    assert sdl(default_model()) == SNAPSHOT


def test_nothing_that_clients_rely_on_is_gone() -> None:
    """The same, said in a way that names the field when it fails."""
    assert find_breaking_changes(build_schema(SNAPSHOT), schema_of(default_model())) == []


def test_the_editorial_schema_is_the_committed_one() -> None:
    """`masthead schema --stage draft > web/packages/client/editorial.graphql`, when a change is meant."""
    assert sdl(default_model(), "draft") == EDITORIAL
    assert find_breaking_changes(build_schema(EDITORIAL), editorial_schema(default_model())) == []


@pytest.mark.parametrize("model", [default_model(), KITCHEN_SINK, STORIES], ids=["default", "all", "blocks"])
def test_the_schema_is_valid(model: ContentModel) -> None:
    """By graphql-core's own rules, in both stages, and for editors."""
    for schema in (schema_of(model), schema_of(model, "draft"), editorial_schema(model)):
        assert validate_schema(schema) == []


def test_the_command_prints_it(capsys: object) -> None:
    """`masthead schema` needs no database and prints nothing else."""
    from masthead.cli.schema import schema

    schema(Path(__file__).parent)
    assert capsys.readouterr().out == SNAPSHOT  # type: ignore[attr-defined]
