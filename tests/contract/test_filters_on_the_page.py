"""The reference's table of filters is the one of the code."""

import re
from pathlib import Path
from typing import get_args

import pytest

from masthead.model import camel_case, kinds
from masthead.query import operators_of

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "graphql.md").read_text("utf-8")
ROWS = {
    kind: tuple(re.findall(r"`(\w+)`", operators))
    for names, operators in re.findall(r"^\| ([a-z, ]+) \| [^|]*`[^|]* \| ([^|]*) \|$", PAGE, re.MULTILINE)
    for kind in names.split(", ")
}
KINDS = {"id": None} | {
    each.__dataclass_fields__["kind"].default: each
    for each in get_args(kinds.Kind)
    if each not in (kinds.Reference, kinds.References, kinds.Blocks)
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_has_its_operators(name: str) -> None:
    """In this order."""
    cls = KINDS[name]
    required = {"name": "E", "values": ("a",), "source": "title", "item": kinds.Text()}
    fields = getattr(cls, "__dataclass_fields__", {})
    kind = None if cls is None else cls(**{key: value for key, value in required.items() if key in fields})
    assert ROWS[name] == tuple(camel_case(each) for each in operators_of(kind))
