"""The blocks among an entry's values: one walk over all fields, those inside of blocks included.

A block is an object with its type's name as `type` and its fields by name. A path such as "sections.2.text"
says which field of which block.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from masthead.model import BlockType, ContentModel, ContentType, Field, kinds


class BlockValues(dict[str, Any]):
    """A block that was read from a file: it may hold tokens, as its entry's values may. A class of its own,
    so that it is told from a JSON object."""


def walk(
    model: ContentModel, content_type: ContentType, fields: Mapping[str, Any]
) -> Iterator[tuple[str, Field, Any]]:
    """Path, field and value of each field that is not itself a list of blocks; defaults count."""
    for field in content_type.fields:
        value = value_of(field, fields)
        if not isinstance(field.kind, kinds.Blocks):
            yield field.name, field, value
            continue
        for index, block_type, block in known_blocks(model, value):
            for inner in block_type.fields:
                yield f"{field.name}.{index}.{inner.name}", inner, value_of(inner, block)


def known_blocks(
    model: ContentModel, value: Iterable[Mapping[str, Any]] | None
) -> Iterator[tuple[int, BlockType, Mapping[str, Any]]]:
    """The blocks of a list with their places in it. One whose type the model no longer has is left out."""
    types = {each.name: each for each in model.blocks}
    for index, block in enumerate(value or ()):
        if (block_type := types.get(block["type"])) is not None:
            yield index, block_type, block


def value_of(field: Field, fields: Mapping[str, Any]) -> Any:
    """What a field holds: its value, or else its default."""
    value = fields.get(field.name)
    return field.default if value is None else value


def with_values(fields: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with each of the values put at its path."""
    found = dict(fields)
    opened: dict[str, list[dict[str, Any]]] = {}
    for path, value in values.items():
        name, *inner = path.split(".")
        if not inner:
            found[name] = value
            continue
        if name not in opened:
            found[name] = opened[name] = [dict(block) for block in fields[name]]
        opened[name][int(inner[0])][inner[1]] = value
    return found


def leaves(value: Any) -> Iterator[Any]:
    """A value without the lists and blocks around what it holds."""
    match value:
        case BlockValues():
            for each in value.values():
                yield from leaves(each)
        case list():
            for each in value:
                yield from leaves(each)
        case _:
            yield value


def tokens_in(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """What a value holds, each with the path of the field or the block's field that it stands in."""
    for index, each in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(each, BlockValues):
            for name, inner in each.items():
                yield from ((f"{path}.{index}.{name}", leaf) for leaf in leaves(inner))
        else:
            yield path, each
