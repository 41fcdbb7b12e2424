"""Differences of revisions and previews: the types that rooms answer with, and the fields that ask them."""

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLString,
)

from masthead.graphql.editorial import asking
from masthead.graphql.editorial.asking import Ask
from masthead.graphql.field import list_of, non_null, selecting
from masthead.graphql.scalars import DATE_TIME, JSON
from masthead.query import selection as select

_ID = GraphQLArgument(non_null(GraphQLID))


class DeskTypes:
    """One set for one schema."""

    def __init__(self) -> None:
        self._preview = _preview()

    def queries(self) -> dict[str, GraphQLField]:
        """What Query has of them."""
        side = GraphQLArgument(non_null(GraphQLID), description="A revision, by its number or its id.")
        diff = _row(
            _difference(),
            "difference",
            "What differs between two revisions of the entry with this id, as far as you may see it.",
        )
        listed = selecting(
            list_of(self._preview),
            select.RegisteredRows("previews"),
            "The links that work, the newest first: your own, or all for those who publish.",
        )
        return {
            "revisionDiff": _asking(diff, asking.revision_diff, {"id": _ID, "from": side, "to": side}),
            "previews": _asking(listed, asking.previews),
        }

    def mutations(self) -> dict[str, GraphQLField]:
        """What Mutation has of them."""
        made = GraphQLObjectType(
            "PreviewPayload",
            {"preview": _row(self._preview, "preview")},
            description="A preview that was made.",
        )
        ended = GraphQLObjectType(
            "RevokedPreviewPayload",
            {"id": _told(non_null(GraphQLID), "id")},
            description="A preview that was turned off.",
        )
        args = {
            "entry": GraphQLArgument(GraphQLID, description="Whatever is its head when somebody looks."),
            "revision": GraphQLArgument(GraphQLID, description="This one, whatever comes after it."),
            "release": GraphQLArgument(GraphQLID, description="All of it."),
            "expires": GraphQLArgument(
                DATE_TIME, description="When the link ends; else as the settings say."
            ),
        }
        about = "A link that shows a draft or a release to whoever has it. Give exactly one of the three."
        over = _row(ended, "ended", "Turn a link off, at once.")
        return {
            "createPreview": _asking(_row(made, "made", about), asking.make_preview, args),
            "revokePreview": _asking(over, asking.revoke_preview, {"id": _ID}),
        }


def _preview() -> GraphQLObjectType:
    kind = GraphQLEnumType(
        "PreviewKind",
        {each.upper(): each for each in ("revision", "latest", "release")},
        description="What a preview is of.",
    )
    return GraphQLObjectType(
        "EntryPreview",
        {
            "id": _told(non_null(GraphQLID), "id"),
            "kind": _told(non_null(kind), "kind"),
            "entry": _told(GraphQLID, "entry"),
            "revision": _told(GraphQLID, "revision"),
            "release": _told(GraphQLID, "release"),
            "expiresAt": _told(non_null(DATE_TIME), "expiresAt"),
            "createdAt": _told(non_null(DATE_TIME), "createdAt"),
            "createdBy": _told(GraphQLID, "createdBy", "The account that made it."),
            "url": _told(non_null(GraphQLString), "url", "The link itself: whoever has it sees the draft."),
        },
        description="A link that shows what is not public to whoever has it.",
    )


def _difference() -> GraphQLObjectType:
    revision = _revision_line()
    return GraphQLObjectType(
        "RevisionDiff",
        {
            "before": _whole(revision, "before"),
            "after": _whole(revision, "after"),
            "changes": selecting(
                non_null(list_of(_field_change())),
                select.RegisteredRows("changes"),
                "The fields that differ, in the order of the type.",
            ),
            "entries": _told(non_null(JSON), "entries", "What the changes refer to, by id: type and title."),
        },
        description="What differs between two revisions of an entry.",
    )


def _revision_line() -> GraphQLObjectType:
    person = GraphQLObjectType(
        "RevisionDiffAuthor",
        {"id": _told(non_null(GraphQLID), "id"), "name": _told(GraphQLString, "name")},
        description="An account, or a token.",
    )
    base = GraphQLObjectType(
        "RevisionDiffBase",
        {"id": _told(non_null(GraphQLID), "id"), "number": _told(GraphQLInt, "number")},
        description="The revision that another was made on.",
    )
    flags = ("isHead", "isPublished", "wasPublished")
    return GraphQLObjectType(
        "RevisionDiffSide",
        {
            "id": _told(non_null(GraphQLID), "id"),
            "entry": _told(non_null(GraphQLID), "entry"),
            "number": _told(non_null(GraphQLInt), "number"),
            "createdAt": _told(non_null(DATE_TIME), "createdAt"),
            "source": _told(non_null(GraphQLString), "source", "import, studio, api, schedule or cli."),
            "author": _row(person, "author"),
            "token": _row(person, "token"),
            "base": _row(base, "base"),
            "note": _told(GraphQLString, "note"),
            "model": _told(non_null(GraphQLString), "model", "The digest of the content model of its time."),
            **{name: _told(non_null(GraphQLBoolean), name) for name in flags},
        },
        description="A revision that is compared.",
    )


def _field_change() -> GraphQLObjectType:
    return GraphQLObjectType(
        "RevisionFieldChange",
        {
            "path": _told(non_null(GraphQLString), "path", "Such as title, or sections.2.text."),
            "kind": _told(non_null(GraphQLString), "kind", "The kind of the field."),
            "change": _told(non_null(GraphQLString), "change", "added, removed or changed."),
            "isUnknown": _told(GraphQLBoolean, "isUnknown", "True for a field that the type has no more."),
            "before": _told(JSON, "before", "Null for long texts and blocks: those are in parts."),
            "after": _told(JSON, "after"),
            "text": _told(JSON, "text", "A text, in runs of words."),
            "items": _told(JSON, "items", "A list: what was added, what removed, whether it is reordered."),
            "blocks": _told(JSON, "blocks", "Blocks, each with its own fields that differ."),
            "keys": _told(JSON, "keys", "The keys of a JSON object."),
        },
        description="A field that is not as it was.",
    )


def _told(type_: GraphQLOutputType, name: str, description: str = "") -> GraphQLField:
    return selecting(type_, select.RegisteredValue(name), description)


def _row(type_: GraphQLObjectType, relation: str, description: str = "") -> GraphQLField:
    return selecting(type_, select.RegisteredRow(relation), description)


def _whole(type_: GraphQLObjectType, relation: str) -> GraphQLField:
    return selecting(non_null(type_), select.RegisteredRow(relation))


def _asking(field: GraphQLField, ask: Ask, args: dict[str, GraphQLArgument] | None = None) -> GraphQLField:
    field.args.update(args or {})
    field.extensions |= asking.carried(ask)
    return field
