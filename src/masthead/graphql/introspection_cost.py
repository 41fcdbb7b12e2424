"""How many values an introspection would give, from the sizes of the schema: refused before it is executed.

A short document can ask for every argument of every field of every type a hundred times over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    NameNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

Sizes = Mapping[str, float]
"""Rows that a list of introspection has, by the field's name."""


VALUE = 2
"""What graphql-core's executor takes for a value, 4 µs, beside what PostgreSQL takes for one of a row."""


@dataclass(frozen=True, slots=True)
class _Known:
    average: Sizes
    largest: Sizes


def introspection_cost(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
) -> int:
    """Of all `__schema` and `__type` of the operation together, in the units of an operation's cost."""
    nodes = list(_introspections(operation.selection_set, fragments))
    if not nodes:
        return 0
    return round(VALUE * sum(_Cost(_known(schema), fragments, {}).field(node, "") for node in nodes))


def _introspections(
    root: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> Iterator[FieldNode]:
    """Those fields of Query, wherever its fragments have them; each fragment once, as it is collected."""
    waiting, visited = [root], set[str]()
    while waiting:
        for node in waiting.pop().selections:
            match node:
                case FieldNode(name=NameNode(value="__schema" | "__type")):
                    yield node
                case InlineFragmentNode(selection_set=inner):
                    waiting.append(inner)
                case FragmentSpreadNode(name=NameNode(value=name)) if name not in visited:
                    visited.add(name)
                    waiting.append(fragments[name].selection_set)
                case _:
                    pass


@dataclass(frozen=True, slots=True)
class _Cost:
    known: _Known
    fragments: Mapping[str, FragmentDefinitionNode]
    spread: dict[tuple[str, str], float]
    """What was counted of a fragment: each once, or fragments in fragments would take for ever."""

    def field(self, node: FieldNode, parent: str) -> float:
        """One field below the field `parent`, with all that it nests."""
        name = node.name.value
        inner = self._selections(node.selection_set, name) if node.selection_set else 0.0
        # All types together have each field once; one type that is asked for may be the largest.
        sizes = self.known.average if parent == "types" else self.known.largest
        return 1 + sizes.get(name, 1.0) * inner

    def _selections(self, selections: SelectionSetNode, parent: str) -> float:
        return sum(self._selection(node, parent) for node in selections.selections)

    def _selection(self, node: object, parent: str) -> float:
        match node:
            case FieldNode():
                return self.field(node, parent)
            case InlineFragmentNode(selection_set=inner):
                return self._selections(inner, parent)
            case FragmentSpreadNode():
                key = (node.name.value, parent)
                if key not in self.spread:
                    inner = self.fragments[node.name.value].selection_set
                    self.spread[key] = self._selections(inner, parent)
                return self.spread[key]
            case _:
                raise AssertionError(f"{node} is not a selection")


@lru_cache(maxsize=8)
def _known(schema: GraphQLSchema) -> _Known:
    types = list(schema.type_map.values())
    with_fields = [each for each in types if isinstance(each, GraphQLObjectType | GraphQLInterfaceType)]
    fields = [len(each.fields) for each in with_fields]
    args = [len(field.args) for each in with_fields for field in each.fields.values()]
    inputs = [len(each.fields) for each in types if isinstance(each, GraphQLInputObjectType)]
    values = [len(each.values) for each in types if isinstance(each, GraphQLEnumType)]
    interfaces = [len(each.interfaces) for each in with_fields]
    possible = [
        len(schema.get_possible_types(each)) for each in with_fields if isinstance(each, GraphQLInterfaceType)
    ]
    lists = {
        "fields": fields,
        "inputFields": inputs,
        "enumValues": values,
        "interfaces": interfaces,
        "possibleTypes": possible,
    }
    # Clients ask for nine levels of wrapped types; few types are wrapped twice.
    whole = {"types": float(len(types)), "directives": float(len(schema.directives)), "ofType": 0.5}
    average = {name: sum(sizes) / len(types) for name, sizes in lists.items()}
    arguments = {"args": sum(args) / max(len(args), 1)}
    largest = {name: float(max(sizes, default=0)) for name, sizes in lists.items()}
    return _Known(whole | average | arguments, whole | largest | arguments)
