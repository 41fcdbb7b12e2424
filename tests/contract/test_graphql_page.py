"""The reference page of GraphQL cannot miss a kind of field or an error code, and its operations run."""

import re
from dataclasses import Field, fields, replace
from pathlib import Path
from typing import Any, get_args

import pytest
from graphql import parse, validate

from masthead.graphql import Limits, editorial_schema, schema_of
from masthead.kernel.settings import Settings
from masthead.model import default_model, kinds
from masthead.roles.api.graphql import limits_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "graphql.md").read_text("utf-8")
SOURCES = "\n".join(
    path.read_text("utf-8")
    for room in ("graphql", "query")
    for path in (ROOT / "src/masthead" / room).glob("*.py")
)


@pytest.mark.parametrize("kind", [each.__dataclass_fields__["kind"].default for each in get_args(kinds.Kind)])
def test_every_kind_of_field_has_a_row(kind: str) -> None:
    """What it becomes in GraphQL, and how it is spelled."""
    rows = re.findall(r"^\| ([a-z0-9, ]+?) \|", PAGE, re.MULTILINE)
    assert any(kind in re.split(r"[, ]+", row) for row in rows)


def test_every_error_code_has_a_row() -> None:
    """Also those that are spelled in lower case inside the house."""
    raised = set(re.findall(r'(?:InputError\(\s*|mistake\(\s*)"([A-Za-z_-]+)"', SOURCES))
    raised |= {f"{name.upper()}_EXCEEDED" for name in re.findall(r'exceeded\(\s*"([a-z_]+)"', SOURCES)}
    raised |= set(re.findall(r'^[A-Z_]+ = "([A-Z_]{8,})"$', SOURCES, re.MULTILINE))
    assert len(raised) > 10
    assert {code for code in raised if f"`{code.upper().replace('-', '_')}`" not in PAGE} == set()


@pytest.mark.parametrize("document", re.findall(r"```graphql\n(.+?)```", PAGE, re.DOTALL))
def test_the_operations_are_valid(document: str) -> None:
    """Over the default publication; mutations, of its editors."""
    schema = editorial_schema if document.startswith("mutation") else schema_of
    assert validate(schema(default_model()), parse(document)) == []


@pytest.mark.parametrize("limit", fields(Limits), ids=lambda each: each.name)
def test_every_limit_has_a_row(limit: Field[Any]) -> None:
    """With its default, and its code among the errors."""
    row = re.search(rf"^\| `{limit.name}` \| ([^|]+) \|", PAGE, re.MULTILINE)
    assert row is not None
    if not isinstance(limit.default, bool):
        assert row[1] == f"{limit.default:,g}" if isinstance(limit.default, float) else f"{limit.default:,}"


def test_a_page_is_as_large_as_the_code_says() -> None:
    """Where connections are explained."""
    assert f"at most {Limits().page_size}" in PAGE


def test_each_limit_is_a_setting() -> None:
    """Its default is the same; what is on in the room may be off in a process."""
    assert replace(limits_of(Settings()), has_introspection=True) == Limits()
