"""The types of a connection to a content type, after Relay's specification, with `nodes` for short."""

from collections.abc import Mapping

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLDefaultInput,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLObjectType,
    GraphQLString,
)

from masthead.graphql.field import list_of, non_null, selecting
from masthead.graphql.orders import own_order
from masthead.graphql.paging import page_arguments
from masthead.graphql.platform_types import PlatformTypes
from masthead.graphql.searches import found_fields, search_argument
from masthead.model import ContentType
from masthead.query import selection as select

ARCHIVED = {
    "archived": GraphQLArgument(
        GraphQLBoolean,
        default=GraphQLDefaultInput(value=False),
        description="What is archived, instead of what is not; its texts are null, its blocks none.",
    )
}
"""The argument of lists in which editors see what is archived."""


class ConnectionTypes:
    """PostConnection and PostEdge of the content type Post."""

    def __init__(
        self,
        content_type: ContentType,
        node: GraphQLObjectType,
        platform: PlatformTypes,
        aggregates: Mapping[str, GraphQLField],
        where: GraphQLInputObjectType,
        order: GraphQLInputObjectType,
    ) -> None:
        name = content_type.name
        self._where = where
        self._search = search_argument(content_type)
        self._own_order = own_order(content_type)
        self._order = order
        edge = GraphQLObjectType(
            f"{name}Edge",
            {
                "node": selecting(non_null(node), select.EdgeNode()),
                "cursor": selecting(non_null(GraphQLString), select.EdgeCursor(), "Its place in this order."),
                **(found_fields() if content_type.is_searchable else {}),
            },
            description=f"{_a(name)} in its place.",
        )
        self._connection = GraphQLObjectType(
            f"{name}Connection",
            {
                "nodes": selecting(non_null(list_of(node)), select.Nodes(), "The entries of this page."),
                "edges": selecting(
                    non_null(list_of(edge)), select.Edges(), "The entries of this page with their cursors."
                ),
                "pageInfo": selecting(non_null(platform.page_info), select.PageInfo()),
                "totalCount": selecting(
                    non_null(GraphQLInt), select.TotalCount(), "How many there are on all pages."
                ),
                **aggregates,
            },
            description=f"A page of {content_type.plural}.",
        )

    def field(
        self, source: select.Source, description: str, page_size: int, *, has_archived: bool = False
    ) -> GraphQLField:
        """A field that is a connection to `source`; with `has_archived`, to what is archived where it is
        asked for."""
        return selecting(
            non_null(self._connection),
            select.Connection(source),
            description,
            {
                **page_arguments(page_size),
                **self._search,
                **(ARCHIVED if has_archived else {}),
                "where": GraphQLArgument(self._where, description="Which of them; by default all."),
                "orderBy": GraphQLArgument(
                    list_of(self._order), description=f"The order; by default {self._own_order}."
                ),
            },
        )


def _a(name: str) -> str:
    return f"{'An' if name[0] in 'AEIOU' else 'A'} {name}"
