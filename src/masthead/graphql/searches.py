"""Full-text search: what it adds to a connection, and the field that searches in all types at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graphql import (
    FieldNode,
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLFloat,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLString,
)

from masthead.graphql.errors import BAD_USER_INPUT, mistake
from masthead.graphql.field import list_of, non_null, selecting
from masthead.graphql.limits import Limits
from masthead.graphql.paging import DEFAULT_PAGE, argument_of, with_page
from masthead.model import ContentModel, ContentType, snake_case
from masthead.query import selection as select


def search_argument(content_type: ContentType) -> dict[str, GraphQLArgument]:
    """`search`, where there is something to search."""
    if not content_type.is_searchable:
        return {}
    about = (
        'Words that must be there, a "phrase", `or` between words, `-` before a word that must not be there. '
        "Without `orderBy` the best come first. A text without a word finds nothing."
    )
    return {"search": GraphQLArgument(GraphQLString, description=about)}


def found_fields() -> dict[str, GraphQLField]:
    """What an edge says of its entry."""
    return {
        "rank": selecting(
            GraphQLFloat, select.Rank(), "How well it fits the search: more is better. Null without a search."
        ),
        "snippet": selecting(
            GraphQLString,
            select.Snippet(),
            "Where the words of the search stand, as HTML: escaped, with nothing in it but <mark>. "
            "Null without a search.",
        ),
    }


def site_search(model: ContentModel, entry: GraphQLInterfaceType, page_size: int) -> dict[str, GraphQLField]:
    """`search`, where a type with an address has something to search."""
    types = [each.name for each in model if each.is_searchable and each.path]
    if not types:
        return {}
    result = GraphQLObjectType(
        "SearchResult",
        {
            "entry": selecting(non_null(entry), select.FoundEntry(), "What fits."),
            "rank": selecting(non_null(GraphQLFloat), select.Rank(), "How well: more is better."),
            "snippet": selecting(
                non_null(GraphQLString), select.Snippet(), "Where, as HTML: escaped, but for <mark>."
            ),
        },
        description="An entry that fits a search.",
    )
    results = GraphQLObjectType(
        "SearchResults",
        {
            "nodes": selecting(non_null(list_of(result)), select.Hits(), "Best first."),
            "totalCount": selecting(non_null(GraphQLInt), select.TotalCount(), "How many fit."),
        },
        description="What a search finds.",
    )
    return {
        "search": selecting(
            non_null(results),
            select.Found(select.Given(""), tuple(each for each in types if each != "Asset") or tuple(types)),
            "Entries of all types that have an address, by their words.",
            _site_arguments(types, page_size),
        )
    }


def _site_arguments(types: list[str], page_size: int) -> dict[str, GraphQLArgument]:
    named = {snake_case(each).upper(): GraphQLEnumValue(each) for each in types}
    type_ = GraphQLEnumType(
        "EntryType", named, description="A content type whose entries can be searched for."
    )
    return {
        "query": GraphQLArgument(
            non_null(GraphQLString), description="As `search` of a connection is written."
        ),
        "types": GraphQLArgument(list_of(type_), description="Where to look; by default in all but assets."),
        "first": GraphQLArgument(
            GraphQLInt,
            default=GraphQLDefaultInput(DEFAULT_PAGE),
            description=f"How many; at most {page_size}.",
        ),
        "offset": GraphQLArgument(GraphQLInt, description="How many to pass over."),
    }


def read_site_search(
    found: select.Found, given: Mapping[str, Any], node: FieldNode, path: tuple[str, ...], limits: Limits
) -> select.Found:
    """`found` with its arguments. Raises GraphQLError."""
    page = with_page(select.Connection(select.Everything("")), given, node, path, limits)
    types = found.types if given.get("types") is None else tuple(dict.fromkeys(given["types"]))
    if not types:
        remedy = "Name one, or leave it out to search in all."
        raise mistake(BAD_USER_INPUT, "`types` names no type.", remedy, [node], path)
    text = argument_of(node, "query", given["query"])
    return replace(found, text=text, types=types, size=page.size, offset=page.offset)
