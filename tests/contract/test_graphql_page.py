"""The reference page of GraphQL cannot miss a kind of field or an error code, and its operations run."""

import re
from pathlib import Path
from typing import get_args

import pytest
from graphql import parse, validate

from masthead.graphql import Limits, schema_of
from masthead.model import default_model, kinds

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
    raised |= set(re.findall(r'^[A-Z_]+ = "([A-Z_]{8,})"$', SOURCES, re.MULTILINE))
    assert len(raised) > 10
    assert {code for code in raised if f"`{code.upper().replace('-', '_')}`" not in PAGE} == set()


@pytest.mark.parametrize("document", re.findall(r"```graphql\n(.+?)```", PAGE, re.DOTALL))
def test_the_operations_are_valid(document: str) -> None:
    """Over the default publication."""
    assert validate(schema_of(default_model()), parse(document)) == []


def test_the_limits_are_those_of_the_code() -> None:
    """Defaults, as the page says them."""
    limits = Limits()
    assert f"at most {limits.page_size}" in PAGE
    assert f"deeper than {limits.depth}" in PAGE
    assert f"more than {limits.fields:,} fields" in PAGE
    assert f"more than {limits.document_bytes:,} bytes" in PAGE
