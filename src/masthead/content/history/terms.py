"""An older snapshot in the words of the present model: a renamed field is known by its identity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from masthead.model import ContentModel, ContentType, Field, kinds


@dataclass(slots=True)
class NamedFields:
    """Values of fields: `known` by present names, `unknown` by the names that they had."""

    known: dict[str, Any]
    unknown: dict[str, Any]


def in_present_terms(
    model: ContentModel, content_type: ContentType, older: ContentModel | None, fields: Mapping[str, Any]
) -> NamedFields:
    """The fields by their present names. `older` is the model that the snapshot was made under; None where
    it is not known, and names are all there is."""
    former = next((each for each in older or () if each.identity == content_type.identity), content_type)
    found = _renamed(former.fields, content_type.fields, fields)
    for field in content_type.fields:
        value = found.known.get(field.name)
        if older is not None and isinstance(field.kind, kinds.Blocks) and isinstance(value, list):
            found.known[field.name] = [_block(model, older, block) for block in value]
    return found


def _renamed(former: Sequence[Field], present: Sequence[Field], values: Mapping[str, Any]) -> NamedFields:
    identities = {field.name: field.identity for field in former}
    names = {field.identity: field.name for field in present}
    found = NamedFields({}, {})
    for name, value in values.items():
        now = names.get(identities.get(name, ""))
        if now is None:
            found.unknown[name] = value
        else:
            found.known[now] = value
    return found


def _block(model: ContentModel, older: ContentModel, block: Any) -> Any:
    """A block with the present names of its type and its fields; what the model has no more stays."""
    if not isinstance(block, Mapping):
        return block
    former = next((each for each in older.blocks if each.name == block.get("type")), None)
    present = next((each for each in model.blocks if former and each.identity == former.identity), None)
    if former is None or present is None:
        return block
    found = _renamed(former.fields, present.fields, {key: block[key] for key in block if key != "type"})
    return {"type": present.name, **found.unknown, **found.known}
