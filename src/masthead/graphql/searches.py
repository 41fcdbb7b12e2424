"""What full-text search adds to a connection: its argument, and how well and where each entry fits."""

from graphql import GraphQLArgument, GraphQLField, GraphQLFloat, GraphQLString

from masthead.graphql.field import selecting
from masthead.model import ContentType
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
