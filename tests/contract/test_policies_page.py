"""The page of policies cannot say what is not so: its examples load, and its words exist."""

import re
from pathlib import Path
from typing import get_args

import masthead as mh
from masthead.access import ANONYMOUS, Viewer, compile_policies
from masthead.access.defaults import DEFAULT_RULES
from masthead.access.predicate import Operator
from masthead.access.spelling import spell_rule
from masthead.access.viewer import Action
from masthead.kernel import new_id
from masthead.model import load_model

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "reference" / "policies.md").read_text("utf-8")
HOW_TO = (DOCS / "how-to" / "write-policies.md").read_text("utf-8")


def test_the_first_example_is_a_publication(tmp_path: Path) -> None:
    """As it stands there."""
    (tmp_path / "content.py").write_text(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0], "utf-8")
    loaded = load_model(tmp_path)
    policies = compile_policies(loaded.model, loaded.declarations)
    names = frozenset(field.name for field in loaded.model["Post"].fields)
    assert policies.hidden_fields(ANONYMOUS, "Post", names) == {"internal_notes"}
    translator = Viewer(new_id(), frozenset({"translator"}))
    assert policies.changeable_fields(translator, "Post", names) == {"title", "status"}


def test_the_defaults_are_those_in_force() -> None:
    """Word for word."""
    block = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    assert block.replace("mh.", "").splitlines() == [spell_rule(rule) for rule in DEFAULT_RULES]


def test_every_word_exists() -> None:
    """Whatever is written `mh.…` is what `import masthead as mh` has."""
    words = set(re.findall(r"\bmh\.([A-Za-z_]+)", PAGE + HOW_TO))
    assert words - set(mh.__all__) == set()


def test_every_action_and_comparison_is_described() -> None:
    """None is left out."""
    assert [each for each in get_args(Action) if f"`{each}`" not in PAGE] == []
    spelled = {"eq": "==", "lt": "`<`", "lte": "`<=`", "gt": "`>`", "gte": "`>=`", "in": "is_in"}
    assert [each for each in get_args(Operator) if spelled.get(each, each) not in PAGE] == []
