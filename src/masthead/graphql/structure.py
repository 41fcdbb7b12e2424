"""Which variables decide the SQL, and by what: the part of a plan's key that comes with a request.

The trap is a key that leaves one out: two requests would share a plan and one would get the other's
rows. So every variable counts: by its value where it decides fields, limits or orders, and otherwise
by whether it is there at all.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    ValueNode,
    VariableNode,
)

from masthead.kernel import InputError
from masthead.query import cursor_nulls

Aspect = Callable[[Any], Hashable]
"""What a plan must know of a variable's value."""

Structure = tuple[tuple[str, Aspect], ...]


def shape_of(structure: Structure, values: Mapping[str, Any]) -> tuple[Hashable, ...]:
    """What a plan must know of the values. Raises InputError that says which variable is at fault."""
    if not structure:
        return ()
    try:
        return tuple([aspect(values.get(name, Undefined)) for name, aspect in structure])
    except InputError as error:
        raise _of_variable(error, structure, values) from error


def by_value(value: Any) -> Hashable:
    """All of it."""
    if isinstance(value, list):
        return tuple(by_value(each) for each in value)
    if isinstance(value, dict):
        return tuple((key, by_value(each)) for key, each in value.items())
    # True == 1 in Python, but not in a plan.
    return (type(value), value)


def by_presence(value: Any) -> Hashable:
    """Whether there is one."""
    return value is not None and value is not Undefined


def by_cursor(value: Any) -> Hashable:
    """Which of a cursor's values are null. Raises InputError for what is no cursor."""
    return cursor_nulls(value) if by_presence(value) else None


def structure_of(
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    unique: Collection[str],
    filters: Mapping[str, Aspect],
) -> Structure:
    """Every use of a variable, with its aspect; each pair once. `unique` are the names of arguments that
    look an entry up: their values are parameters. `filters` say of each variable what a filter that it
    stands in must know of it."""
    aspects: dict[str, Aspect] = dict.fromkeys(unique, by_presence)
    aspects |= {"first": by_value, "last": by_value, "offset": by_value, "orderBy": by_value}
    aspects |= {
        "after": by_cursor,
        "before": by_cursor,
        "search": by_presence,
        "query": by_presence,
        "ids": by_presence,
        "below": by_presence,
    }
    sets = _selection_sets(operation.selection_set, fragments)
    return tuple(dict.fromkeys(use for each in sets for use in _uses(each, aspects, filters)))


def _selection_sets(
    root: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> Iterator[tuple[SelectionSetNode, bool]]:
    """Each selection set, and whether it lies within an introspection."""
    waiting = [(root, False)]
    visited: set[tuple[str, bool]] = set()
    while waiting:
        current, is_meta = waiting.pop()
        yield current, is_meta
        for node in current.selections:
            match node:
                case FieldNode(selection_set=SelectionSetNode() as inner):
                    waiting.append((inner, is_meta or _is_meta(node)))
                case InlineFragmentNode(selection_set=inner):
                    waiting.append((inner, is_meta))
                case FragmentSpreadNode() if (node.name.value, is_meta) not in visited:
                    visited.add((node.name.value, is_meta))
                    waiting.append((fragments[node.name.value].selection_set, is_meta))
                case _:
                    pass


def _uses(
    found: tuple[SelectionSetNode, bool], aspects: Mapping[str, Aspect], filters: Mapping[str, Aspect]
) -> Iterator[tuple[str, Aspect]]:
    selections, is_meta = found
    for node in selections.selections:
        for directive in node.directives or ():
            yield from _in_arguments(directive.arguments or (), {}, {})
        if isinstance(node, FieldNode):
            known = {} if is_meta or _is_meta(node) else aspects
            yield from _in_arguments(node.arguments or (), known, filters)


def _in_arguments(
    arguments: Iterable[ArgumentNode], aspects: Mapping[str, Aspect], filters: Mapping[str, Aspect]
) -> Iterator[tuple[str, Aspect]]:
    """What nobody has declared a parameter decides the SQL by its value."""
    for argument in arguments:
        aspect = aspects.get(argument.name.value, by_value)
        is_filter = argument.name.value == "where"
        for name in _variables(argument.value):
            yield name, filters[name] if is_filter else aspect


def _variables(value: ValueNode) -> Iterator[str]:
    match value:
        case VariableNode():
            yield value.name.value
        case ListValueNode(values=values):
            for each in values:
                yield from _variables(each)
        case ObjectValueNode(fields=fields):
            for field in fields:
                yield from _variables(field.value)
        case _:
            pass


def _is_meta(node: FieldNode) -> bool:
    return node.name.value in ("__schema", "__type")


def _of_variable(error: InputError, structure: Structure, values: Mapping[str, Any]) -> InputError:
    for name, aspect in structure:
        try:
            aspect(values.get(name, Undefined))
        except InputError:
            return InputError(error.code, error.message, error.remedy, context={"variable": name})
    return error
