"""The events that were recorded, held against the schemas that consumers are given."""

from typing import Any

import orjson
from jsonschema import Draft202012Validator

from masthead.events import event_schemas
from masthead.model import ContentModel
from masthead.store import Database


async def misfits(database: Database, model: ContentModel) -> list[str]:
    """What is wrong with each event: its type is in no schema, or its data are not as that says."""
    rows = await database.drafts.fetch("SELECT type, entry_id, data FROM masthead.event")
    return [each for row in rows for each in _misfits(row, event_schemas(model))]


def _misfits(row: dict[str, Any], schemas: dict[str, dict[str, Any]]) -> list[str]:
    name = row["type"]
    if name not in schemas:
        return [f"{name} is not in the catalogue"]
    schema = schemas[name]
    data = schema["properties"]["data"] | {"additionalProperties": False}
    found = [each.message for each in Draft202012Validator(data).iter_errors(orjson.loads(row["data"]))]
    if ("subject" in schema["required"]) != (row["entry_id"] is not None) and "schedule" not in name:
        found.append("it is about an entry, and the schema is not, or the other way round")
    return [f"{name}: {each}" for each in found]
