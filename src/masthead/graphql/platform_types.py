"""The types that every schema has: Node and Entry, pages, Markdown."""

from collections.abc import Callable

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLString,
)

from masthead.graphql.aggregates import GroupEnums
from masthead.graphql.field import Nullable, list_of, non_null, selecting
from masthead.graphql.scalars import DATE_TIME
from masthead.query import selection as select

Wrap = Callable[[Nullable], GraphQLOutputType]
"""What becomes of the type of a field that a publication requires: non-null over `live`."""


class PlatformTypes:
    """One set for one schema."""

    def __init__(self, required: Wrap) -> None:
        self.groups = GroupEnums()
        self.page_info = _page_info()
        self.markdown = _markdown(required)
        self.node = GraphQLInterfaceType(
            "Node", {"id": _id()}, description="Anything that has an id of its own."
        )
        self.entry = GraphQLInterfaceType(
            "Entry", system_fields, interfaces=[self.node], description="An entry of any content type."
        )


def system_fields() -> dict[str, GraphQLField]:
    """The fields that every entry has."""
    moment = non_null(DATE_TIME)
    return {
        "id": _id(),
        "path": selecting(
            GraphQLString, select.Scalar("path"), "Its public address, from the root of the site."
        ),
        "createdAt": selecting(moment, select.Scalar("created_at"), "When its first revision was made."),
        "updatedAt": selecting(moment, select.Scalar("updated_at"), "When its newest revision was made."),
        "publishedAt": selecting(DATE_TIME, select.Scalar("published_at"), "When it was first published."),
    }


def _id() -> GraphQLField:
    return selecting(non_null(GraphQLID), select.Scalar("id"), "Unique among all entries.")


def _page_info() -> GraphQLObjectType:
    boolean = non_null(GraphQLBoolean)
    return GraphQLObjectType(
        "PageInfo",
        {
            "hasNextPage": selecting(
                boolean, select.PagePart("has_next"), "Whether entries follow this page."
            ),
            "hasPreviousPage": selecting(
                boolean, select.PagePart("has_previous"), "Whether entries precede this page."
            ),
            "startCursor": selecting(
                GraphQLString,
                select.PagePart("start"),
                "The cursor of the page's first entry: pass it as `before`, with `last`, to turn back.",
            ),
            "endCursor": selecting(
                GraphQLString,
                select.PagePart("end"),
                "The cursor of the page's last entry: pass it as `after` to get the next page.",
            ),
        },
        description="Where a page stands in its connection.",
    )


def _markdown(required: Wrap) -> GraphQLObjectType:
    heading = GraphQLObjectType(
        "Heading",
        {
            "level": selecting(required(GraphQLInt), select.HeadingPart("level"), "1 to 6."),
            "id": selecting(
                required(GraphQLString), select.HeadingPart("id"), "The fragment of its address."
            ),
            "text": selecting(required(GraphQLString), select.HeadingPart("text"), "Its plain text."),
        },
        description="A heading of a Markdown text.",
    )
    text = required(GraphQLString)
    return GraphQLObjectType(
        "Markdown",
        {
            "source": selecting(text, select.Part("source"), "CommonMark with GitHub's extensions."),
            "html": selecting(text, select.Part("html"), "Rendered and free of scripts."),
            "text": selecting(text, select.Part("text"), "Plain text."),
            "excerpt": selecting(text, select.Part("excerpt"), "Its beginning, as plain text."),
            "toc": selecting(non_null(list_of(heading)), select.Headings(), "Its headings."),
            "readingTime": selecting(required(GraphQLInt), select.Part("minutes"), "Minutes."),
        },
        description="A Markdown text and what was rendered from it when it was saved.",
    )
