"""What mutations answer: the entries as they are now, and what was told of the command."""

from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLString,
)

from masthead.graphql.editorial.record_types import RecordTypes
from masthead.graphql.field import list_of, non_null, selecting
from masthead.graphql.scalars import JSON
from masthead.model import ContentType
from masthead.query import selection as select


class PayloadTypes:
    """One set for one schema; `entry` is its interface of all entries."""

    def __init__(self, records: RecordTypes, entry: GraphQLInterfaceType) -> None:
        self._records = records
        self._change = self._change_type(entry)
        self.entries = GraphQLObjectType(
            "EntryPayload",
            {
                "entries": self._entries(),
                "schedule": _told(GraphQLID, "schedule", "The newest schedule that was made."),
                **_common(),
            },
            description="What became of entries.",
        )
        self.release = GraphQLObjectType(
            "ReleasePayload",
            {
                "release": selecting(records.release, select.RegisteredRow("release"), "The release now."),
                "entries": self._entries(),
                "schedule": _told(GraphQLID, "schedule"),
                **_common(),
            },
            description="What became of a release.",
        )

    def of(self, content_type: ContentType, type_: GraphQLObjectType) -> GraphQLObjectType:
        """That of the mutations of one content type, whose entries have `type_`."""
        name = content_type.name
        own = select.Only(name)
        return GraphQLObjectType(
            f"{name}Payload",
            {
                "entry": selecting(type_, own, "The draft now; null where you may not see it."),
                **self._standing(),
                "entries": self._entries(),
                **_common(),
            },
            description=f"What became of a {name}.",
        )

    def _change_type(self, entry: GraphQLInterfaceType) -> GraphQLObjectType:
        return GraphQLObjectType(
            "EntryChange",
            {
                "id": _told(non_null(GraphQLID), "id"),
                "type": _told(non_null(GraphQLString), "type", "The name of its content type."),
                "entry": selecting(
                    entry, select.RegisteredEntry(), "The draft now; null where it is in no stage."
                ),
                **self._standing(),
            },
            description="An entry after a command.",
        )

    def _entries(self) -> GraphQLField:
        rows = select.RegisteredRows("changes")
        return selecting(
            non_null(list_of(self._change)), rows, "Every entry that was named or changed along with them."
        )

    def _standing(self) -> dict[str, GraphQLField]:
        return {
            "revision": _told(non_null(GraphQLID), "revision", "The head: the base of the next change."),
            "number": _told(non_null(GraphQLInt), "number", "The number of the head."),
            "published": _told(GraphQLID, "published", "The revision that is public."),
            "state": _told(non_null(self._records.state), "state"),
            "isMerged": _told(
                non_null(GraphQLBoolean), "isMerged", "Whether others had changed it meanwhile."
            ),
        }


def _common() -> dict[str, GraphQLField]:
    return {
        "isRepeated": _told(
            non_null(GraphQLBoolean), "isRepeated", "Whether it had been done before, by its key."
        ),
        "detail": _told(JSON, "detail", "What else is to be said, such as what a restore left out."),
    }


def _told(type_: Any, name: str, description: str = "") -> GraphQLField:
    return selecting(type_, select.RegisteredValue(name), description)
