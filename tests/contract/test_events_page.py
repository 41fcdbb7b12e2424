"""The page of events: every type and what it means, and an example that is as its schema says."""

import json
import re
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker

from masthead.events import event_schemas, event_types
from masthead.model import default_model

PAGE = Path(__file__).parents[2] / "docs/reference/events.md"


def test_the_page_has_every_type() -> None:
    rows = re.findall(r"^\| `(content\.[^`]+)` \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert rows == [(each.name, each.says) for each in event_types(default_model())]


def test_the_example_is_as_its_schema_says() -> None:
    found = re.search(r"```json\n(.+?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    example = json.loads(found[1])
    schema = event_schemas(default_model())[example["type"]] | {"additionalProperties": False}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [each.message for each in validator.iter_errors(example)] == []
