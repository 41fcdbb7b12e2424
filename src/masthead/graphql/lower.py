"""An operation becomes a Selection: fragments are merged, `@skip` and `@include` decided, arguments sorted
into what decides the SQL and what is a parameter of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    get_argument_values,
    get_named_type,
    is_abstract_type,
)
from graphql.execution import VariableValues

from masthead.graphql.aggregates import read_groups
from masthead.graphql.collect import Collector
from masthead.graphql.conditions import Conditions
from masthead.graphql.errors import BAD_USER_INPUT, mistake
from masthead.graphql.field import selected
from masthead.graphql.introspection import introspect
from masthead.graphql.limits import Limits
from masthead.graphql.paging import argument_of, with_page, with_rows
from masthead.graphql.searches import read_site_search
from masthead.graphql.selection_limits import check_depth, check_selection
from masthead.query import Selection
from masthead.query import selection as select

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a valid document, and the values of its variables."""

    definition: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues


def lower(schema: GraphQLSchema, operation: Operation, limits: Limits) -> Selection:
    """What the operation wants. Raises GraphQLError."""
    root = schema.get_root_type(operation.definition.operation)
    if root is None:
        raise AssertionError("validation has said that there is such an operation")
    lowering = _Lowering(schema, operation, limits)
    return Selection(lowering.members(root, [operation.definition.selection_set], ()))


class _Lowering:
    def __init__(self, schema: GraphQLSchema, operation: Operation, limits: Limits) -> None:
        self._schema = schema
        self._operation = operation
        self._limits = limits
        self._fields = 0
        self._conditions = Conditions(limits)
        self._collector = Collector(schema, operation.fragments, operation.variables)

    def members(
        self, type_: GraphQLObjectType, sets: Sequence[SelectionSetNode], path: Path
    ) -> select.Members:
        """The members that an object of `type_` gets."""
        grouped = self._collector.collect(type_, sets)
        self._fields += len(grouped)
        check_selection(grouped, path, self._fields, self._collector.visits[None], self._limits)
        return tuple(
            select.Member(key, self._value(type_, nodes, (*path, key))) for key, nodes in grouped.items()
        )

    def _value(self, type_: GraphQLObjectType, nodes: list[FieldNode], path: Path) -> select.Value:
        name = nodes[0].name.value
        if name == "__typename":
            return select.TypeName(type_.name)
        if name in ("__schema", "__type"):
            return select.Embedded(introspect(self._schema, nodes, self._operation))
        check_depth(nodes, path, self._limits)
        field = type_.fields[name]
        value = selected(field)
        match value:
            case select.Connection():
                value = self._connection(value, field, nodes[0], path)
            case select.Groups():
                given = self._arguments(field, nodes[0])
                value = read_groups(value, given, self._limits.page_size, nodes[0], path)
            case select.Found():
                given = self._arguments(field, nodes[0])
                value = read_site_search(value, given, nodes[0], path, self._limits)
            case select.FoundEntry():
                return replace(value, variants=self._variants(field, nodes, path))
            case select.Lookup():
                value = self._lookup(value, field, nodes[0], path)
            case select.AnyEntry() if not field.args:  # of which entry, nobody says in the document
                return replace(value, variants=self._variants(field, nodes, path))
            case select.AnyEntry():
                return self._any_entry(field, nodes, path)
            case select.AnyEntries():
                ids = argument_of(nodes[0], "ids", self._arguments(field, nodes[0])["ids"])
                return replace(value, ids=ids, variants=self._variants(field, nodes, path))
            case select.Blocks() | select.RegisteredEntry():
                return replace(value, variants=self._variants(field, nodes, path))
            case select.RegisteredRow(relation="release") if "id" in field.args:
                value = replace(
                    value, key=argument_of(nodes[0], "id", self._arguments(field, nodes[0])["id"])
                )
            case select.RegisteredRows() if "first" in field.args:
                value = with_rows(value, self._arguments(field, nodes[0]), nodes[0], path, self._limits)
        if isinstance(value, select.Object | select.Frame):
            return self._with_members(value, field, nodes, path)
        return value

    def _with_members(
        self, value: select.Object | select.Frame, field: GraphQLField, nodes: list[FieldNode], path: Path
    ) -> select.Value:
        inner = get_named_type(field.type)
        if not isinstance(inner, GraphQLObjectType):
            raise AssertionError(f"{inner} has no members")
        return replace(value, members=self.members(inner, _sets(nodes), path))

    def _connection(
        self, connection: select.Connection, field: GraphQLField, node: FieldNode, path: Path
    ) -> select.Connection:
        given = self._arguments(field, node)
        if given.get("archived"):
            connection = replace(connection, source=select.Archived(connection.source.type))
        return replace(
            with_page(connection, given, node, path, self._limits),
            where=self._conditions.of(field, node, given.get("where"), path),
            search=None if given.get("search") is None else argument_of(node, "search", given["search"]),
        )

    def _lookup(
        self, lookup: select.Lookup, field: GraphQLField, node: FieldNode, path: Path
    ) -> select.Lookup:
        given = {name: value for name, value in self._arguments(field, node).items() if value is not None}
        if len(given) != 1:
            raise mistake(
                BAD_USER_INPUT,
                f"`{node.name.value}` needs exactly one of {', '.join(field.args)}; it has {len(given)}.",
                "Give one, not null.",
                [node],
                path,
            )
        ((name, value),) = given.items()
        api_name = next(key for key, each in field.args.items() if (each.out_name or key) == name)
        return replace(lookup, field=name, value=argument_of(node, api_name, value))

    def _any_entry(self, field: GraphQLField, nodes: list[FieldNode], path: Path) -> select.AnyEntry:
        value = self._arguments(field, nodes[0])["id"]
        return select.AnyEntry(argument_of(nodes[0], "id", value), self._variants(field, nodes, path))

    def _variants(
        self, field: GraphQLField, nodes: list[FieldNode], path: Path
    ) -> tuple[tuple[str, select.Members], ...]:
        """The members of every type that an object of the field may have."""
        abstract = get_named_type(field.type)
        if not is_abstract_type(abstract):
            raise AssertionError(f"{abstract} is neither an interface nor a union")
        possible = self._schema.get_possible_types(abstract)
        return tuple((each.name, self.members(each, _sets(nodes), path)) for each in possible)

    def _arguments(self, field: GraphQLField, node: FieldNode) -> dict[str, Any]:
        return get_argument_values(field, node, self._operation.variables)


def _sets(nodes: list[FieldNode]) -> list[SelectionSetNode]:
    return [node.selection_set for node in nodes if node.selection_set is not None]
