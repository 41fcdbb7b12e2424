"""What a program sends, by the API's names, becomes what a command takes."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from masthead.content.commands import CommandRefusedError, Fault
from masthead.model import ContentModel, ContentType, Field, kinds

_DIGITS = re.compile(r"-?[0-9]{1,20}")


def given_fields(model: ContentModel, content_type: ContentType, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values by field name. What is no name of a field stays as it is, for the command to refuse with all
    else that is wrong. Raises CommandRefusedError for a name that only the model's own code uses."""
    known = {field.api_name: field for field in content_type.fields}
    faults = [
        Fault(None, name, "field-unknown", _renamed(content_type, name))
        for name in given
        if name not in known and name in content_type
    ]
    if faults:
        remedy = "Call fields as the API does."
        raise CommandRefusedError("field-unknown", faults[0].message, remedy, faults=tuple(faults))
    return {
        known[name].name if name in known else name: _value(model, known.get(name), value)
        for name, value in given.items()
    }


def _renamed(content_type: ContentType, name: str) -> str:
    called = content_type[name].api_name
    return f'A {content_type.name} has no field "{name}" here: it is called "{called}".'


def _value(model: ContentModel, field: Field | None, value: Any) -> Any:
    match field.kind if field else None:
        case kinds.Integer():
            return _integer(value)
        case kinds.Scalars(item=kinds.Integer()):
            return _each(_integer, value)
        case kinds.Blocks(types=types):
            return _each(lambda block: _block(model, types, block), value)
        case _:
            return value


def _each(convert: Callable[[Any], Any], value: Any) -> Any:
    return [convert(each) for each in value] if isinstance(value, list) else value


def _integer(value: Any) -> Any:
    """Integers beyond JavaScript's come as text."""
    return int(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else value


def _block(model: ContentModel, types: tuple[str, ...], block: Any) -> Any:
    """A block's fields; one of a type that the list does not take stays as it is, to be refused."""
    name = block.get("type") if isinstance(block, dict) else None
    if name not in types:
        return block
    known = {field.api_name: field for field in model.block(name).fields}
    own = {field.name for field in model.block(name).fields}
    return {
        _block_name(key, known, own): _value(model, known.get(key), value) for key, value in block.items()
    }


def _block_name(key: str, known: Mapping[str, Field], own: set[str]) -> str:
    if key in known:
        return known[key].name
    # A name of the model's own code is none of the API's: no field can be called like that.
    return f"{key} " if key in own else key
