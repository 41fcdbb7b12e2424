"""The schemas of events: good ones, made of the model, and compared so that no consumer is left behind."""

from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from masthead.events import event_schemas, incompatible
from masthead.model import default_model

SCHEMAS = event_schemas(default_model())
SAVED = "content.entry.saved.v1"


def test_every_schema_is_one() -> None:
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


def test_the_types_of_the_model_are_named() -> None:
    named = _data(SCHEMAS)["type"]["enum"]
    assert named == sorted(each.name for each in default_model())


def test_what_is_the_same_breaks_nothing() -> None:
    assert incompatible(SCHEMAS, deepcopy(SCHEMAS)) == []


def _data(schemas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schemas[SAVED]["properties"]["data"]["properties"]
    return found


def _without_the_event(schemas: dict[str, Any]) -> None:
    del schemas[SAVED]


def _without_a_value(schemas: dict[str, Any]) -> None:
    del _data(schemas)["path"]


def _maybe(schemas: dict[str, Any]) -> None:
    schemas[SAVED]["properties"]["data"]["required"].remove("number")


def _another_kind(schemas: dict[str, Any]) -> None:
    _data(schemas)["number"] = {"type": "string"}


def _nullable(schemas: dict[str, Any]) -> None:
    _data(schemas)["restored"] = {"anyOf": [_data(schemas)["restored"], {"type": "null"}]}


def _one_more_state(schemas: dict[str, Any]) -> None:
    _data(schemas)["state"] = {"enum": [*_data(schemas)["state"]["enum"], "lost"]}


def _an_item_without_a_value(schemas: dict[str, Any]) -> None:
    items = schemas["content.release.published.v1"]["properties"]["data"]["properties"]["items"]["items"]
    del items["properties"]["action"]


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (_without_the_event, f"{SAVED} is not there any more."),
        (_without_a_value, f"{SAVED}: data.path is not there any more."),
        (_maybe, f"{SAVED}: data.number may be missing now."),
        (_another_kind, f"{SAVED}: data.number may be something else now."),
        (_nullable, f"{SAVED}: data.restored may be something else now."),
        (_one_more_state, f"{SAVED}: data.state may be something else now."),
        (
            _an_item_without_a_value,
            "content.release.published.v1: data.items may be something else now.",
        ),
    ],
)
def test_what_a_consumer_would_miss_is_told(harm: Any, told: str) -> None:
    changed = deepcopy(SCHEMAS)
    harm(changed)
    assert incompatible(SCHEMAS, changed) == [told]


def _another_event(schemas: dict[str, Any]) -> None:
    schemas["content.entry.moved.v1"] = deepcopy(schemas[SAVED])


def _another_value(schemas: dict[str, Any]) -> None:
    _data(schemas)["weight"] = {"type": "integer"}


def _always(schemas: dict[str, Any]) -> None:
    schemas[SAVED]["properties"]["data"]["required"].append("fields")


def _another_content_type(schemas: dict[str, Any]) -> None:
    _data(schemas)["type"]["enum"].append("CaseStudy")


def _never_null(schemas: dict[str, Any]) -> None:
    _data(schemas)["path"] = {"type": "string"}


@pytest.mark.parametrize(
    "addition", [_another_event, _another_value, _always, _another_content_type, _never_null]
)
def test_what_is_added_breaks_nothing(addition: Any) -> None:
    changed = deepcopy(SCHEMAS)
    addition(changed)
    assert incompatible(SCHEMAS, changed) == []
