"""What can be subscribed to: the type Subscription, and the Selection that a subscription is read by."""

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLError,
    GraphQLField,
    GraphQLID,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLString,
)

from masthead.graphql.errors import mistake
from masthead.graphql.field import list_of, non_null, selecting
from masthead.graphql.scalars import BIG_INT, DATE_TIME
from masthead.model import ContentModel
from masthead.query import Selection
from masthead.query import selection as select

ENTRY = "entry$"
"""The variable that is the id of the entry of an event: no document can name it."""

PROBE = "probe$"
"""The first member of the answer: the entry's id, null where the viewer does not see the entry."""

PARTS = ("position", "kind", "id", "type", "at")


def mark(part: str) -> bytes:
    """What stands in the bytes of a plan for a part of the event: no JSON of GraphQL names has a `$`."""
    return b'"$%b$"' % part.encode()


def subscription_type(entry: GraphQLInterfaceType) -> GraphQLObjectType:
    """Subscription, whose entries are those of `entry`."""
    event = GraphQLObjectType("EntryEvent", _parts(entry), description="An entry that has become another.")
    changed = selecting(
        non_null(event),
        select.Frame(),
        "Tells of each entry that is published, or not public any more, in the order of commits.",
        {
            "types": GraphQLArgument(
                list_of(GraphQLString), description="Only entries of these content types."
            ),
            "ids": GraphQLArgument(list_of(GraphQLID), description="Only these entries."),
            "since": GraphQLArgument(
                BIG_INT, description="Tell first of what came behind this position; by default of what comes."
            ),
        },
    )
    return GraphQLObjectType(
        "Subscription", {"entryChanged": changed}, description="What is told as it happens."
    )


def _parts(entry: GraphQLInterfaceType) -> dict[str, GraphQLField]:
    def part(name: str) -> select.Embedded:
        return select.Embedded(mark(name))

    kind = GraphQLEnumType(
        "EntryEventKind",
        {
            "PUBLISHED": GraphQLEnumValue(description="It is public, as it is now."),
            "UNPUBLISHED": GraphQLEnumValue(description="It is not public any more."),
        },
        description="What has happened to an entry.",
    )
    return {
        "position": selecting(
            non_null(BIG_INT),
            part("position"),
            "Its place in the order of commits: pass the last as `since`.",
        ),
        "kind": selecting(non_null(kind), part("kind"), "What has happened."),
        "id": selecting(non_null(GraphQLID), part("id"), "The entry's."),
        "type": selecting(non_null(GraphQLString), part("type"), "The entry's content type."),
        "at": selecting(non_null(DATE_TIME), part("at"), "When it happened."),
        "entry": selecting(
            entry,
            select.AnyEntry(select.Variable(ENTRY)),
            "The entry as it is now; null where it is not public.",
        ),
    }


def told(model: ContentModel, selection: Selection) -> Selection:
    """The Selection of a subscription, with the probe before it that says whether the entry is seen."""
    variants = tuple((each.name, (select.Member("id", select.Scalar("id")),)) for each in model)
    probe = select.Member(PROBE, select.AnyEntry(select.Variable(ENTRY), variants))
    return Selection((probe, *selection.members))


def no_stream() -> GraphQLError:
    """The error of a subscription whose client takes one answer only."""
    return mistake(
        "SUBSCRIPTION_NEEDS_STREAM",
        "A subscription has no single answer.",
        "Accept text/event-stream, or use a WebSocket of graphql-transport-ws.",
    )
