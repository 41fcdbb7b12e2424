"""The GraphQL schema of a ContentModel.

Over `draft` whatever a publication requires is nullable, because a draft may lack it: see
docs/decisions/0005-drafts-are-nullable.md.
"""

from string import Formatter

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLID,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLString,
    print_schema,
    specified_directives,
)

from masthead.graphql.aggregates import AggregateTypes
from masthead.graphql.blocks import BlockTypes
from masthead.graphql.computed import computed_field
from masthead.graphql.connections import ConnectionTypes
from masthead.graphql.editorial.types import EditorialTypes
from masthead.graphql.enums import called, enumerations_of
from masthead.graphql.field import Nullable, deprecated, list_of, non_null, selecting
from masthead.graphql.liveness import LIVE
from masthead.graphql.orders import OrderTypes
from masthead.graphql.platform_types import PlatformTypes, system_fields
from masthead.graphql.scalars import ScalarKind, scalar_of
from masthead.graphql.searches import site_search
from masthead.graphql.subscription_types import subscription_type
from masthead.graphql.where import FilterTypes
from masthead.model import ContentModel, ContentType, Field, camel_case, kinds
from masthead.query import reverse_fields
from masthead.query import selection as select
from masthead.store import Stage


def schema_of(model: ContentModel, stage: Stage = "live", page_size: int = 500) -> GraphQLSchema:
    """The schema whose operations read `stage`. Raises ModelError for what GraphQL cannot express."""
    return _Schema(model, stage, page_size).build()


def editorial_schema(model: ContentModel, page_size: int = 500) -> GraphQLSchema:
    """The schema of drafts with what editors do: mutations, history, schedules, releases."""
    return _Schema(model, "draft", page_size, is_editorial=True).build()


def sdl(model: ContentModel, stage: Stage = "live") -> str:
    """The schema definition of the API, as clients' tools read it: of `/graphql`, or of `/graphql/draft`;
    ends with a newline."""
    schema = schema_of(model) if stage == "live" else editorial_schema(model)
    return print_schema(schema) + "\n"


class _Schema:
    def __init__(
        self, model: ContentModel, stage: Stage, page_size: int, *, is_editorial: bool = False
    ) -> None:
        self._model = model
        self._stage = stage
        self._page_size = page_size
        self._platform = PlatformTypes(self._required)
        self._enums = enumerations_of(model)
        self._editorial = (
            EditorialTypes(model, self._platform.entry, page_size, self._leaf) if is_editorial else None
        )
        filters = FilterTypes(model, self._enums)
        orders = OrderTypes(model)
        # Now and not in a thunk: graphql-core would wrap the error that names the type at fault.
        self._reverse = {each.name: [*reverse_fields(model, each)] for each in model}
        self._objects = {each.name: self._object(each) for each in model}
        self._blocks = BlockTypes(model, self._described)
        self._connections = {
            each.name: ConnectionTypes(
                each,
                self._objects[each.name],
                self._platform,
                AggregateTypes(each, self._enums, self._platform.groups).fields(page_size),
                filters[each.name],
                orders[each.name],
            )
            for each in model
            if not each.is_singleton
        }

    def build(self) -> GraphQLSchema:
        fields = {
            "node": selecting(
                self._platform.node,
                select.AnyEntry(select.Given(None)),
                "The entry with this id, of whatever type.",
                {"id": GraphQLArgument(non_null(GraphQLID))},
            ),
            "nodes": selecting(
                non_null(GraphQLList(self._platform.node)),
                select.AnyEntries(select.Given(None), self._page_size),
                "The entries with these ids, of whatever types, in this order; null for each that is not "
                f"there. At most {self._page_size}.",
                {"ids": GraphQLArgument(non_null(list_of(GraphQLID)))},
            ),
        }
        fields |= site_search(self._model, self._platform.entry, self._page_size)
        for content_type in self._model:
            roots = self._roots(content_type)
            fields |= {name: deprecated(each, content_type.deprecation) for name, each in roots.items()}
        mutation = None
        if self._editorial is not None:
            fields |= self._editorial.roots()
            mutation = self._editorial.mutation(self._objects)
        query = GraphQLObjectType("Query", fields, description="What this publication publishes.")
        types = [*self._objects.values(), self._platform.entry]
        if self._stage != "live":
            return GraphQLSchema(query, mutation, types=types)
        subscription = subscription_type(self._platform.entry)
        return GraphQLSchema(
            query, mutation, subscription, types=types, directives=[*specified_directives, LIVE]
        )

    def _roots(self, content_type: ContentType) -> dict[str, GraphQLField]:
        node = self._objects[content_type.name]
        if content_type.is_singleton:
            only = select.Only(content_type.name)
            return {content_type.api_name: selecting(node, only, content_type.description)}
        connection = self._connections[content_type.name].field(
            select.Everything(content_type.name),
            f"All {content_type.plural}.",
            self._page_size,
            has_archived=self._editorial is not None,
        )
        return {
            content_type.api_name: self._lookup(content_type, node),
            camel_case(content_type.plural): connection,
        }

    def _lookup(self, content_type: ContentType, node: GraphQLObjectType) -> GraphQLField:
        """One entry by its id or by any unique field: exactly one of them."""
        unique = [field for field in content_type.fields if isinstance(field.kind, kinds.Slug)]
        args = {"id": GraphQLArgument(GraphQLID if unique else non_null(GraphQLID))}
        for field in unique:
            args[field.api_name] = GraphQLArgument(GraphQLString, out_name=field.name)
        by = " or ".join(args)
        only_one = ": give exactly one of them" if unique else ""
        return selecting(
            node,
            select.Lookup(content_type.name, "", select.Given(None)),
            f"The {content_type.name} with this {by}{only_one}.",
            args,
        )

    def _object(self, content_type: ContentType) -> GraphQLObjectType:
        return GraphQLObjectType(
            content_type.name,
            lambda: self._fields(content_type),
            interfaces=[self._platform.node, self._platform.entry],
            description=content_type.description or None,
        )

    def _fields(self, content_type: ContentType) -> dict[str, GraphQLField]:
        fields = system_fields()
        if self._editorial is not None:
            fields |= self._editorial.entry_field()
        if content_type.name == _ASSET:
            parts = [name for _, name, _, _ in Formatter().parse(content_type.path or "") if name]
            has_url = all(not content_type[name].is_nullable for name in parts)
            url = self._required(GraphQLString) if has_url else GraphQLString
            fields["url"] = selecting(url, select.Scalar("path"), "Where its bytes are served.")
        for field in content_type.fields:
            fields[field.api_name] = self._described(field)
        for computed in content_type.computed:
            fields[computed.api_name] = computed_field(computed, self._leaf)
        for name, source, description in self._reverse[content_type.name]:
            owner = self._model[source.type]
            connection = self._connections[source.type].field(source, description, self._page_size)
            fields[name] = deprecated(connection, owner[source.field].deprecation or owner.deprecation)
        return fields

    def _described(self, field: Field) -> GraphQLField:
        return deprecated(self._field(field), field.deprecation)

    def _field(self, field: Field) -> GraphQLField:
        match field.kind:
            case kinds.References(target=target):
                everything = non_null(list_of(self._objects[target]))
                return selecting(everything, select.Many(field.name), field.description)
            case kinds.Reference(target=target):
                return self._value(field, self._objects[target], select.One(field.name))
            case kinds.Markdown():
                return self._value(field, self._platform.markdown, select.MarkdownObject(field.name))
            case kinds.Blocks():
                return self._blocks.field(field)
            case kinds.Scalars(item=item):
                leaf, names = self._leaf(item)
                return self._value(field, list_of(leaf), select.Scalar(field.name, names))
            case _:
                leaf, names = self._leaf(field.kind)
                return self._value(field, leaf, select.Scalar(field.name, names))

    def _value(self, field: Field, type_: Nullable, value: select.Value) -> GraphQLField:
        return selecting(type_ if field.is_nullable else self._required(type_), value, field.description)

    def _leaf(self, kind: ScalarKind | kinds.Enumeration) -> tuple[Nullable, tuple[tuple[str, str], ...]]:
        if isinstance(kind, kinds.Enumeration):
            return self._enums[kind.name], called(kind)
        return scalar_of(kind), ()

    def _required(self, type_: Nullable) -> GraphQLOutputType:
        return non_null(type_) if self._stage == "live" else type_


_ASSET = "Asset"
