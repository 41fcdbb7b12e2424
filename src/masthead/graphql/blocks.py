"""Blocks in the schema: an object type for each block type, a union for each list of them."""

from collections.abc import Callable

from graphql import GraphQLField, GraphQLObjectType, GraphQLUnionType

from masthead.graphql.field import list_of, non_null, selecting
from masthead.model import BlockType, ContentModel, Field, kinds, union_name
from masthead.query import selection as select

MakeField = Callable[[Field], GraphQLField]


class BlockTypes:
    """The types of one schema. `make` makes the field of an object type."""

    def __init__(self, model: ContentModel, make: MakeField) -> None:
        objects = {each.name: _object(each, make) for each in model.blocks}
        self._unions = {
            field.identity: GraphQLUnionType(
                union_name(owner, field),
                [objects[name] for name in field.kind.types],
                description=f"What {field.name} of {owner.name} holds.",
            )
            for owner in model
            for field in owner.fields
            if isinstance(field.kind, kinds.Blocks)
        }

    def field(self, field: Field) -> GraphQLField:
        """The field that is a list of blocks."""
        union = self._unions[field.identity]
        return selecting(non_null(list_of(union)), select.Blocks(field.name), field.description)


def _object(block_type: BlockType, make: MakeField) -> GraphQLObjectType:
    return GraphQLObjectType(
        block_type.name,
        lambda: {field.api_name: make(field) for field in block_type.fields_as_read},
        description=block_type.description or None,
    )
