"""Tables of the front matter become blocks: each says its type, its other keys are fields of that type."""

from collections.abc import Callable, Mapping
from typing import Any

from masthead.content.blocks import BlockValues
from masthead.content.front_keys import plain
from masthead.content.wrong_value import WrongValueError
from masthead.model import BlockType, ContentModel, Field, kinds

Convert = Callable[[Field, object], Any]

_TYPE = "type"


def read_blocks(
    model: ContentModel, kind: kinds.Blocks, value: object, convert: Convert
) -> list[BlockValues]:
    """The blocks of a list. `convert` makes a field's value. Raises WrongValueError with the path."""
    types = [model.block(name) for name in kind.types]
    items = value if isinstance(value, list) else [value]
    return [_read(types, item, str(index), convert) for index, item in enumerate(items)]


def _read(types: list[BlockType], item: object, path: str, convert: Convert) -> BlockValues:
    if not isinstance(item, Mapping):
        raise WrongValueError("is not a table with a type", path)
    keys = {str(key): value for key, value in item.items() if value is not None}
    block_type = _type_of(types, keys, path)
    fields = {plain(field.name): field for field in block_type.fields}
    block = BlockValues(type=block_type.name)
    for key, value in keys.items():
        if plain(key) == _TYPE:
            continue
        if (field := fields.get(plain(key))) is None:
            names = ", ".join(each.name for each in block_type.fields)
            raise WrongValueError(f"is no field of a {block_type.name}, which has {names}", f"{path}.{key}")
        try:
            block[field.name] = convert(field, value)
        except WrongValueError as error:
            raise WrongValueError(str(error), f"{path}.{key}") from error
    return block


def _type_of(types: list[BlockType], keys: Mapping[str, object], path: str) -> BlockType:
    """The type that the table says; it need not where the list holds only one."""
    names = ", ".join(each.name for each in types)
    stated = next((value for key, value in keys.items() if plain(key) == _TYPE), None)
    if stated is None:
        if len(types) == 1:
            return types[0]
        raise WrongValueError(f"does not say its type, which is one of {names}", path)
    for each in types:
        if isinstance(stated, str) and plain(stated.strip()) == plain(each.name):
            return each
    raise WrongValueError(f"is {stated!r}, and this list holds {names}", f"{path}.{_TYPE}")
