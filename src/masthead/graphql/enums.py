"""Enumerations: the stored values of the model under names that GraphQL allows, which are upper case."""

import re
from collections.abc import Iterator

from graphql import GraphQLEnumType, GraphQLEnumValue

from masthead.kernel import ModelError, Place
from masthead.model import ComputedField, ContentModel, Field, kinds, union_name

AnyField = Field | ComputedField


def enumerations_of(model: ContentModel) -> dict[str, GraphQLEnumType]:
    """Every enum that the model's fields use, by name.

    Raises ModelError where two differ under one name, or a name or a value cannot be GraphQL's.
    """
    found: dict[str, tuple[kinds.Enumeration, GraphQLEnumType]] = {}
    taken = _type_names(model)
    for owner, field in _fields(model):
        kind = field.kind.item if isinstance(field.kind, kinds.Scalars) else field.kind
        if not isinstance(kind, kinds.Enumeration):
            continue
        if kind.name not in found:
            found[kind.name] = (kind, _enum(taken, owner, field, kind))
        elif found[kind.name][0] != kind:
            raise _mistake(owner, field, f"uses another enum that is called {kind.name} too.", "Rename one.")
    return {name: enum for name, (_, enum) in found.items()}


def _fields(model: ContentModel) -> Iterator[tuple[str, AnyField]]:
    """Every field of an entry or a block, with the name of its type."""
    for content_type in model:
        yield from ((content_type.name, field) for field in content_type.computed)
        yield from ((content_type.name, field) for field in content_type.fields)
    for block_type in model.blocks:
        yield from ((block_type.name, field) for field in block_type.fields)


def _type_names(model: ContentModel) -> set[str]:
    unions = {
        union_name(each, field)
        for each in model
        for field in each.fields
        if isinstance(field.kind, kinds.Blocks)
    }
    return unions | {each.name for each in model} | {each.name for each in model.blocks}


def called(kind: kinds.Enumeration) -> tuple[tuple[str, str], ...]:
    """Pairs of a stored value and its name in GraphQL: `in-progress` is IN_PROGRESS."""
    return tuple((value, _name(value)) for value in kind.values)


def _enum(taken: set[str], owner: str, field: AnyField, kind: kinds.Enumeration) -> GraphQLEnumType:
    if kind.name in taken or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", kind.name):
        raise _mistake(owner, field, f"uses an enum called {kind.name}.", "Give the enum another name.")
    names = called(kind)
    if len({name for _, name in names}) < len(names) or not all(name.strip("_") for _, name in names):
        raise _mistake(
            owner,
            field,
            f"uses the enum {kind.name}, whose values {', '.join(kind.values)} have no distinct names "
            "of ASCII letters and digits.",
            "Change the values.",
        )
    return GraphQLEnumType(kind.name, {name: GraphQLEnumValue(value) for value, name in names})


def _name(value: str) -> str:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", value)
    name = re.sub(r"[^0-9A-Za-z]+", "_", spaced).strip("_").upper()
    return f"_{name}" if name[:1].isdigit() else name


def _mistake(owner: str, field: AnyField, message: str, remedy: str) -> ModelError:
    path = f"{owner}.{field.name}"
    return ModelError("enum-name", f"{path} {message}", remedy, Place(path=path))
