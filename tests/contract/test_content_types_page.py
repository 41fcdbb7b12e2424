"""The reference page of content types cannot miss a kind, a reserved name or a working example."""

import re
from pathlib import Path
from typing import get_args

import pytest

from masthead.model import kinds, load_model
from masthead.model.names import RESERVED_FIELDS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "content-types.md").read_text("utf-8")


@pytest.mark.parametrize("kind", [each.__dataclass_fields__["kind"].default for each in get_args(kinds.Kind)])
def test_every_kind_of_field_has_a_row(kind: str) -> None:
    """A kind that is not on the page does not exist for users."""
    assert re.search(rf"^\| {kind} \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(RESERVED_FIELDS))
def test_every_reserved_name_is_listed(name: str) -> None:
    """Nobody learns of a reserved name only by an error."""
    assert f"`{name}`" in PAGE


def test_the_example_is_a_publication(tmp_path: Path) -> None:
    """The page's content.py loads and declares what it says."""
    (example,) = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
    (tmp_path / "content.py").write_text(example, "utf-8")
    model = load_model(tmp_path).model
    assert [each.name for each in model] == ["Customer", "CaseStudy", "Asset", "Site"]
    assert model["CaseStudy"].plural == "CaseStudies"
