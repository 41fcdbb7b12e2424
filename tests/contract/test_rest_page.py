"""The reference page of REST cannot miss an operator, a problem or a limit."""

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from masthead.model import camel_case, kinds
from masthead.query import operators_of
from masthead.rest import Limits, people_codes, preview_codes, problem, webhook_codes, writing_codes
from masthead.rest.problem import STATUSES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "rest.md").read_text("utf-8")
SOURCES = "\n".join(
    path.read_text("utf-8")
    for room in ("rest", "query", "store")
    for path in (ROOT / "src/masthead" / room).rglob("*.py")
)


TITLES = {**problem.TITLES, **preview_codes.TITLES, **webhook_codes.TITLES, **writing_codes.TITLES}
COMMANDS = "\n".join(
    path.read_text("utf-8") for path in (ROOT / "src/masthead/content/commands").rglob("*.py")
)

GRAPHQL_ONLY = {"group-by", "page-size"}
"""What the planner refuses of what REST does not have."""


def test_every_problem_has_a_row() -> None:
    """With its status, where its class does not tell it."""
    _, _, section = PAGE.partition("\n## Problems\n")
    section, _, _ = section.partition("\n## ")
    rows = re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \| (\d+) \|", section, re.MULTILINE)
    listed = {code: int(status) for codes, status in rows for code in re.findall(r"[a-z-]+", codes)}
    assert set(listed) - set(people_codes.TITLES) == set(TITLES)
    own = {code: status for code, status in STATUSES.items() if code in TITLES}
    assert {code: listed[code] for code in own} == own


def test_every_problem_has_a_title() -> None:
    """What the room refuses, and what the planner does."""
    raised = set(re.findall(r'(?:refuse|exceed|InputError)\(\s*"([a-z-]+)",', SOURCES))
    raised = {each for each in raised if "-" in each}
    assert len(raised) > 10
    assert raised - set(TITLES) - set(people_codes.TITLES) <= GRAPHQL_ONLY


def test_every_refusal_of_a_command_has_a_title() -> None:
    """Whatever a fault or an error of the executor is called."""
    faults = r'(?:fault|Fault|refusal)\((?:[^()]|\([^()]*\))*?"([a-z]+(?:-[a-z]+)+)"'
    raised = set(re.findall(faults, COMMANDS)) | set(re.findall(r'Error\(\s*"([a-z-]+)",', COMMANDS))
    assert len(raised) > 30
    assert raised - set(TITLES) <= set(people_codes.TITLES)


def test_every_limit_has_a_row() -> None:
    """By its name, with its default."""
    _, _, section = PAGE.partition("\n## Limits\n")
    rows = re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", section, re.MULTILINE)
    assert rows == [(each.name, f"{each.default:,}") for each in fields(Limits)]


@pytest.mark.parametrize("kind", get_args(kinds.Kind), ids=lambda kind: kind.__name__)
def test_every_operator_has_a_place(kind: type) -> None:
    """In the row of each kind of field that takes it."""
    name = kind.__dataclass_fields__["kind"].default
    made = {
        "enumeration": {"name": "", "values": ()},
        "slug": {"source": ""},
        "scalars": {"item": kinds.Text()},
    }
    made |= {each: {"target": ""} for each in ("reference", "references")} | {"blocks": {"types": ()}}
    operators = {camel_case(each) for each in operators_of(kind(**made.get(name, {})))}
    rows = re.findall(r"^\| ([a-z, ]+?) \| (`.+) \|$", PAGE, re.MULTILINE)
    listed = [cell for names, cell in rows if name in re.split(r"[, ]+", names)]
    assert operators <= set(re.findall(r"`(\w+)`", " ".join(listed)))
