"""All that the editorial schema adds to that of drafts."""

from collections.abc import Mapping

from graphql import GraphQLField, GraphQLInterfaceType, GraphQLObjectType

from masthead.graphql.editorial.desk_types import DeskTypes
from masthead.graphql.editorial.input_types import InputTypes, Leaf
from masthead.graphql.editorial.mutation_types import MutationTypes
from masthead.graphql.editorial.record_types import RecordTypes
from masthead.model import ContentModel


class EditorialTypes:
    """One set for one schema; `entry` is its interface of all entries, `leaf` the type of one value."""

    def __init__(self, model: ContentModel, entry: GraphQLInterfaceType, page_size: int, leaf: Leaf) -> None:
        self._model = model
        self._entry = entry
        self._leaf = leaf
        self._records = RecordTypes(entry, page_size)
        self._desk = DeskTypes()

    def entry_field(self) -> dict[str, GraphQLField]:
        """What every entry has besides."""
        return {"entry": self._records.field()}

    def roots(self) -> dict[str, GraphQLField]:
        """What Query has besides."""
        return {**self._records.roots(), **self._desk.queries()}

    def mutation(self, objects: Mapping[str, GraphQLObjectType]) -> GraphQLObjectType:
        """The type Mutation; `objects` are the types of entries."""
        inputs = InputTypes(self._model, self._leaf)
        types = MutationTypes(self._model, objects, inputs, self._records, self._entry)
        return types.mutation(self._desk.mutations())
