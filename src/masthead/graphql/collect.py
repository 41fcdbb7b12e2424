"""Which fields an object of a type gets: GraphQL's CollectFields (specification, section 6.3.2)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    NamedTypeNode,
    SelectionSetNode,
    get_argument_values,
    is_abstract_type,
)
from graphql.execution import VariableValues

Grouped = dict[str, list[FieldNode]]
"""Fields by response key, in the order of the first of each."""


@dataclass(frozen=True, slots=True)
class Collector:
    """Collects within one operation, whose variables have these values."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues
    visits: Counter[None] = field(default_factory=Counter)
    """How many selections were looked at: `visits[None]`, for a bound on the work."""

    def collect(self, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> Grouped:
        """The fields that the selection sets together give an object of `type_`."""
        grouped: Grouped = {}
        visited: set[str] = set()
        for each in sets:
            self._visit(type_, each, grouped, visited)
        return grouped

    def _visit(
        self, type_: GraphQLObjectType, selections: SelectionSetNode, grouped: Grouped, visited: set[str]
    ) -> None:
        self.visits[None] += len(selections.selections)
        for node in selections.selections:
            if not self._is_included(node.directives or ()):
                continue
            match node:
                case FieldNode():
                    key = node.alias.value if node.alias else node.name.value
                    grouped.setdefault(key, []).append(node)
                case InlineFragmentNode():
                    if self._applies(node.type_condition, type_):
                        self._visit(type_, node.selection_set, grouped, visited)
                case FragmentSpreadNode():
                    name = node.name.value
                    if name in visited:
                        continue
                    visited.add(name)
                    fragment = self.fragments[name]
                    if self._applies(fragment.type_condition, type_):
                        self._visit(type_, fragment.selection_set, grouped, visited)
                case _:
                    raise AssertionError(f"{node} is not a selection")

    def _is_included(self, directives: Iterable[DirectiveNode]) -> bool:
        """`@skip` and `@include`; skipping wins."""
        for node in directives:
            if (
                node.name.value == "skip"
                and get_argument_values(GraphQLSkipDirective, node, self.variables)["if"]
            ):
                return False
            if (
                node.name.value == "include"
                and not get_argument_values(GraphQLIncludeDirective, node, self.variables)["if"]
            ):
                return False
        return True

    def _applies(self, condition: NamedTypeNode | None, type_: GraphQLObjectType) -> bool:
        if condition is None or condition.name.value == type_.name:
            return True
        named = self.schema.type_map[condition.name.value]
        return is_abstract_type(named) and self.schema.is_sub_type(named, type_)
