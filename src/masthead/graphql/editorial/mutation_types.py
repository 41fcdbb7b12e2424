"""The fields of Mutation and what they answer. A field is null where its command was refused."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLDefaultInput,
    GraphQLField,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
)

from masthead.content.commands import Command
from masthead.content.spelling import given_fields
from masthead.graphql.editorial import doing as do
from masthead.graphql.editorial.input_types import InputTypes, entry_at, plain_input
from masthead.graphql.editorial.payload_types import PayloadTypes
from masthead.graphql.editorial.record_types import RecordTypes
from masthead.graphql.field import list_of, non_null, selecting
from masthead.graphql.scalars import DATE_TIME
from masthead.model import ContentModel, ContentType
from masthead.query import selection as select

Arguments = dict[str, GraphQLArgument]

_KEY = GraphQLArgument(
    GraphQLString,
    description="The same command with the same key, sent again within a day, is not done again: "
    "it answers what came of it then.",
)
_NOTE = GraphQLArgument(GraphQLString, description="What history says of it.")
_ID = GraphQLArgument(non_null(GraphQLID))
_IDS = GraphQLArgument(non_null(list_of(GraphQLID)))
_AT = GraphQLArgument(non_null(DATE_TIME))
_BASE = GraphQLArgument(
    non_null(GraphQLID),
    description="The revision that the change was made on. Where others have saved since, both are merged.",
)


class MutationTypes:
    """One set for one schema. Asset is not created here: it is made of a file."""

    def __init__(
        self,
        model: ContentModel,
        objects: Mapping[str, GraphQLObjectType],
        inputs: InputTypes,
        records: RecordTypes,
        entry: GraphQLInterfaceType,
    ) -> None:
        self._model = model
        self._objects = objects
        self._inputs = inputs
        self._records = records
        self._payloads = PayloadTypes(records, entry)
        self._entry_at = GraphQLArgument(non_null(list_of(entry_at())))

    def mutation(self, besides: Mapping[str, GraphQLField]) -> GraphQLObjectType:
        """The type Mutation, with fields besides those of commands."""
        fields: dict[str, GraphQLField] = {}
        for content_type in self._model:
            fields |= self._of_type(content_type)
        fields |= self._of_entries()
        fields |= self._of_releases()
        fields |= besides
        about = "Commands: each is one transaction, done in the order of the document."
        return GraphQLObjectType("Mutation", fields, description=about)

    def _of_type(self, content_type: ContentType) -> dict[str, GraphQLField]:
        name, input_type = content_type.name, non_null_input(self._inputs[content_type.name])

        def fields(given: Mapping[str, Any]) -> dict[str, Any]:
            return given_fields(self._model, content_type, plain_input(content_type, given))

        payload = self._payloads.of(content_type, self._objects[name])
        given: Arguments = {"input": input_type, "note": _NOTE}
        found = {}
        if name != "Asset":
            about = f"A new {name}, as a draft."
            found[f"create{name}"] = _field(payload, do.create(name, fields), about, given)
        saved = {"id": _ID, "base": _BASE, **given}
        about = f"A new revision of a {name}. What is public stays as it is."
        found[f"save{name}"] = _field(payload, do.save(name, fields), about, saved)
        return found

    def _of_entries(self) -> dict[str, GraphQLField]:
        at = {"entries": self._entry_at}
        along = GraphQLArgument(
            GraphQLBoolean,
            default=GraphQLDefaultInput(False),
            description="Publish whatever else is missing too.",
        )
        along_ids = GraphQLArgument(list_of(GraphQLID), description="Of what is missing, publish these too.")
        restored = {"id": _ID, "base": _BASE, "revision": _ID, "note": _NOTE}
        several = "All, or none of them."
        return {
            "publish": self._entries_field(
                do.publish, f"Make drafts public. {several}", {**at, "along": along, "alongIds": along_ids}
            ),
            "unpublish": self._entries_field(
                do.unpublish, f"Take entries out of what is public; they stay as drafts. {several}", at
            ),
            "schedulePublish": self._entries_field(
                do.schedule("publish"), f"Publish entries at a moment. {several}", {**at, "at": _AT}
            ),
            "scheduleUnpublish": self._entries_field(
                do.schedule("unpublish"), f"Unpublish entries at a moment. {several}", {**at, "at": _AT}
            ),
            "unschedule": self._entries_field(
                do.unschedule, f"Cancel schedules that have not run. {several}", {"ids": _IDS}
            ),
            "restore": self._entries_field(
                do.restore, "A new revision with the fields of an older one.", restored
            ),
            "duplicate": self._entries_field(
                do.duplicate, f"Copy entries as drafts. {several}", {"ids": _IDS}
            ),
            "archive": self._entries_field(
                do.archive, f"Take entries out of both stages; they can be brought back. {several}", at
            ),
            "unarchive": self._entries_field(do.unarchive, f"Bring entries back as drafts. {several}", at),
            "deleteForGood": self._entries_field(
                do.delete, f"Remove archived entries with their history. {several}", at
            ),
        }

    def _of_releases(self) -> dict[str, GraphQLField]:
        item = GraphQLInputObjectType(
            "ReleaseItemInput",
            {
                "entry": GraphQLInputField(GraphQLNonNull(GraphQLID)),
                "action": GraphQLInputField(self._records.action, default=GraphQLDefaultInput("PUBLISH")),
                "revision": GraphQLInputField(GraphQLID, description="Null: the head at that moment."),
            },
            description="One change of a release.",
        )
        items = GraphQLArgument(list_of(item))
        name = GraphQLArgument(non_null(GraphQLString))
        changed = {
            "id": _ID,
            "name": GraphQLArgument(GraphQLString),
            "put": GraphQLArgument(
                list_of(item), description="Changes to add, or to put in an entry's place."
            ),
            "take": GraphQLArgument(list_of(GraphQLID), description="Entries to take out."),
        }
        return {
            "createRelease": self._release_field(
                do.create_release, "Changes to be published together.", {"name": name, "items": items}
            ),
            "changeRelease": self._release_field(do.change_release, "Change an open release.", changed),
            "publishRelease": self._release_field(
                do.publish_release, "Do all of it at one instant, in one transaction.", {"id": _ID}
            ),
            "scheduleRelease": self._release_field(
                do.schedule_release, "Publish it at a moment.", {"id": _ID, "at": _AT}
            ),
            "dropRelease": self._release_field(
                do.drop_release, "Give it up; its entries stay as they are.", {"id": _ID}
            ),
        }

    def _entries_field(
        self, command: Callable[[do.Arguments], Command], description: str, args: Arguments
    ) -> GraphQLField:
        return _field(self._payloads.entries, do.Commanding(command), description, args)

    def _release_field(
        self, command: Callable[[do.Arguments], Command], description: str, args: Arguments
    ) -> GraphQLField:
        return _field(self._payloads.release, do.Commanding(command), description, args)


def non_null_input(type_: GraphQLInputObjectType) -> GraphQLArgument:
    """A required argument of an input type."""
    return GraphQLArgument(GraphQLNonNull(type_))


def _field(
    payload: GraphQLObjectType, commanding: do.Commanding, description: str, args: Arguments
) -> GraphQLField:
    field = selecting(payload, select.RegisteredRow("outcome"), description, {**args, "idempotencyKey": _KEY})
    field.extensions |= do.carried(commanding)
    return field
