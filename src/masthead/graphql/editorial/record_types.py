"""What the platform keeps of an entry beside its fields: state, owner, revisions, schedules; and releases.

It hangs on the entry's field `entry`, whose name no content type can use: `state` and `owner` are often
fields of the publication's own.
"""

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLDefaultInput,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLString,
)

from masthead.graphql.field import Nullable, list_of, non_null, selecting
from masthead.graphql.paging import DEFAULT_PAGE
from masthead.graphql.scalars import DATE_TIME, JSON
from masthead.query import selection as select


def _enum(name: str, values: dict[str, str], description: str) -> GraphQLEnumType:
    """The values are those of commands; GraphQL calls them in capitals."""
    enum = GraphQLEnumType(name, {each.upper(): each for each in values}, description=description)
    for each, about in values.items():
        enum.values[each.upper()].description = about
    return enum


def _value(type_: GraphQLOutputType, name: str, description: str = "") -> GraphQLField:
    return selecting(type_, select.RegisteredValue(name), description)


class RecordTypes:
    """One set for one schema; `entry` is its interface of all entries."""

    def __init__(self, entry: GraphQLInterfaceType, page_size: int) -> None:
        self._page_size = page_size
        self._moment = non_null(DATE_TIME)
        self.state = _enum(
            "EntryState",
            {
                "draft": "It is not public.",
                "published": "Its newest revision is public.",
                "changed": "It is public, with a newer revision that is not.",
                "archived": "It is in no stage, and can be brought back.",
                "deleted": "It is gone.",
            },
            "Where an entry stands.",
        )
        self.action = _enum(
            "EntryAction", {"publish": "", "unpublish": ""}, "What is to happen to an entry at a moment."
        )
        self.person = GraphQLObjectType(
            "EntryPerson",
            {
                "id": _value(non_null(GraphQLID), "id", "The id of the account."),
                "name": _value(non_null(GraphQLString), "name"),
            },
            description="Somebody with an account.",
        )
        self.revision = self._revision()
        self.schedule = self._schedule()
        self.record = self._record()
        self.release = self._release(entry)

    def field(self) -> GraphQLField:
        """`entry`, on every entry."""
        row = select.RegisteredRow("entry")
        return selecting(non_null(self.record), row, "What the platform keeps of the entry.")

    def roots(self) -> dict[str, GraphQLField]:
        """`release` and `releases`."""
        return {
            "release": selecting(
                self.release,
                select.RegisteredRow("release"),
                "The release with this id.",
                {"id": GraphQLArgument(non_null(GraphQLID))},
            ),
            "releases": self._rows(
                self.release, "releases", "All releases, the newest first.", GraphQLID, "with a smaller id"
            ),
        }

    def _rows(
        self,
        type_: GraphQLObjectType,
        relation: str,
        description: str,
        below: Nullable | None = None,
        of_which: str = "",
    ) -> GraphQLField:
        first = GraphQLArgument(
            GraphQLInt,
            default=GraphQLDefaultInput(DEFAULT_PAGE),
            description=f"How many; at most {self._page_size}.",
        )
        args = {"first": first}
        if below is not None:
            about = f"Only those {of_which} than this: that of the last one seen, to turn the page."
            args["below"] = GraphQLArgument(below, description=about)  # type: ignore[arg-type]  # a scalar
        return selecting(non_null(list_of(type_)), select.RegisteredRows(relation), description, args)

    def _revision(self) -> GraphQLObjectType:
        return GraphQLObjectType(
            "EntryRevision",
            {
                "id": _value(non_null(GraphQLID), "id", "The base of the next change, if this is the head."),
                "number": _value(non_null(GraphQLInt), "number", "1 for the first; each save adds one."),
                "createdAt": _value(self._moment, "created_at"),
                "author": self._person("author", "Who made it; null for the platform itself."),
                "token": _value(GraphQLID, "token", "The API token that was used."),
                "source": _value(non_null(GraphQLString), "source", "import, studio, api, schedule or cli."),
                "note": _value(GraphQLString, "note"),
                "base": _value(GraphQLID, "base", "The revision that it was made on."),
                "isMerged": _value(
                    non_null(GraphQLBoolean), "is_merged", "Whether others had changed the entry meanwhile."
                ),
            },
            description="The entry as a whole at a moment. Revisions are never changed.",
        )

    def _schedule(self) -> GraphQLObjectType:
        state = _enum(
            "EntryScheduleState", {"pending": "", "done": "", "failed": "", "cancelled": ""}, "How far it is."
        )
        return GraphQLObjectType(
            "EntrySchedule",
            {
                "id": _value(non_null(GraphQLID), "id"),
                "action": _value(non_null(self.action), "upper_action"),
                "at": _value(self._moment, "due", "When it is due, in UTC."),
                "localAt": _value(self._moment, "local_due", "The same moment in the site's time zone."),
                "revision": _value(GraphQLID, "revision_id", "Null: what is the head at that moment."),
                "state": _value(non_null(state), "upper_state"),
                "createdBy": self._person("creator"),
                "createdAt": _value(self._moment, "created_at"),
                "ranAt": _value(DATE_TIME, "ran_at"),
                "isLate": _value(
                    non_null(GraphQLBoolean), "is_late", "Whether nobody was there to do it in time."
                ),
                "error": _value(JSON, "error", "Why it failed."),
            },
            description="What is to happen at a moment.",
        )

    def _record(self) -> GraphQLObjectType:
        revision = self.revision
        return GraphQLObjectType(
            "EntryRecord",
            {
                "state": _value(non_null(self.state), "edit_state"),
                "owner": self._person("owner", "Whose entry it is; null for one that was imported."),
                "head": selecting(
                    non_null(revision), select.RegisteredRow("head"), "The newest revision: this draft."
                ),
                "public": selecting(revision, select.RegisteredRow("public"), "The revision that is public."),
                "revisions": self._rows(
                    revision,
                    "revisions",
                    "Its revisions, the newest first.",
                    GraphQLInt,
                    "with a smaller number",
                ),
                "schedules": self._rows(
                    self.schedule, "schedules", "What is to happen, and what has; the latest first."
                ),
            },
            description="What the platform keeps of an entry beside its fields.",
        )

    def _release(self, entry: GraphQLInterfaceType) -> GraphQLObjectType:
        state = _enum("EntryReleaseState", {"open": "", "published": "", "dropped": ""}, "How far it is.")
        item = GraphQLObjectType(
            "EntryReleaseItem",
            {
                "entry": selecting(entry, select.RegisteredEntry(), "Null where you may not see it."),
                "action": _value(non_null(self.action), "upper_action"),
                "revision": _value(GraphQLID, "revision_id", "Null: what is the head at that moment."),
            },
            description="One change of a release.",
        )
        return GraphQLObjectType(
            "EntryRelease",
            {
                "id": _value(non_null(GraphQLID), "id"),
                "name": _value(non_null(GraphQLString), "name"),
                "state": _value(non_null(state), "upper_state"),
                "createdBy": self._person("creator"),
                "createdAt": _value(self._moment, "created_at"),
                "publishedAt": _value(DATE_TIME, "published_at"),
                "items": self._rows(item, "items", "Its changes."),
                "schedules": self._rows(self.schedule, "timings", "When it is published."),
            },
            description="Changes that are published at one instant.",
        )

    def _person(self, relation: str, description: str = "") -> GraphQLField:
        return selecting(self.person, select.RegisteredRow(relation), description)
