"""Field by field: graphql-core executes an operation over plain rows, with resolvers a reader can check.

Nothing here comes from the planner: schema from the SDL's text, rows from SELECT *, orders by comparing.
"""

from collections.abc import Mapping
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    execute_sync,
    get_named_type,
    parse,
    print_schema,
)
from tests.store.query.oracle.blocks import FoundBlock
from tests.store.query.oracle.computed import plainly
from tests.store.query.oracle.connections import Connections
from tests.store.query.oracle.entries import Entries, Found
from tests.store.query.oracle.leaves import SYSTEM, plain
from tests.store.query.oracle.searches import Hits
from tests.store.query.oracle.spelling import mark_union, spell

from masthead.graphql import schema_of
from masthead.model import ContentModel, ContentType, camel_case, snake_case
from masthead.store import Stage


class Oracle:
    """Executes operations over rows. `ranks` order texts as the database's collation does. With `archived`,
    lists at the root can be of those rows instead; the links that they own are among `links`."""

    def __init__(
        self,
        model: ContentModel,
        stage: Stage,
        entries: Mapping[str, list[dict[str, Any]]],
        links: Mapping[tuple[str, str], list[dict[str, Any]]],
        ranks: Mapping[str, int],
        hits: Hits,
        archived: Mapping[str, list[dict[str, Any]]] | None = None,
    ) -> None:
        self.model = model
        self.schema = _schema(model, stage, has_archived=bool(archived))
        self.entries = entries
        self.archived = archived or {}
        self._entries = Entries(model, entries, links)
        self._connections = Connections(self._entries, ranks, hits)
        self.cursor, self.searched = self._connections.cursor, self._connections.searched
        self._unions: list[list[str | int]] = []
        """Response paths of lists whose objects differ in type."""

    def execute(
        self, document: str, variables: dict[str, Any] | None = None, operation_name: str | None = None
    ) -> ExecutionResult:
        """GraphQL's own execution. The engine has refused whatever is not valid."""
        return execute_sync(
            self.schema,
            parse(document),
            variable_values=variables,
            operation_name=operation_name,
            field_resolver=self._resolve,
            type_resolver=lambda found, *_: found.type.name,
        )

    def answer(
        self, document: str, variables: dict[str, Any] | None = None, operation_name: str | None = None
    ) -> bytes:
        """The response in the fixed spelling, of an operation in which nothing can fail."""
        data, errors = self.spelled(document, variables, operation_name)
        assert not errors, errors
        return f'{{"data":{data}}}'.encode()

    def spelled(
        self, document: str, variables: dict[str, Any] | None = None, operation_name: str | None = None
    ) -> tuple[str, list[GraphQLError]]:
        """The data in the fixed spelling, and what failed on the way."""
        self._unions.clear()
        result = self.execute(document, variables, operation_name)
        for path in self._unions:
            mark_union(result.data, path)
        return spell(result.data), result.errors or []

    def _resolve(self, source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        if info.parent_type.name == "Query":
            if info.field_name == "nodes":
                self._unions.append(info.path.as_list())
            return self._root(info.field_name, arguments)
        if isinstance(get_named_type(info.return_type), GraphQLUnionType):
            self._unions.append(info.path.as_list())
        if isinstance(source, FoundBlock):
            return self._entries.in_block(source, info.field_name)
        if isinstance(source, Found):
            return self._field(source, info.field_name, arguments)
        value = source[info.field_name]
        return value(**arguments) if callable(value) else value

    def _root(self, name: str, arguments: dict[str, Any]) -> Any:
        if name == "nodes":
            return [self._by("id", each, [*self.model]) for each in arguments["ids"]]
        if name == "node":
            return self._by("id", arguments["id"], [*self.model])
        if name == "search":
            return self._connections.site_search(**arguments)
        for content_type in self.model:
            if name == content_type.api_name and content_type.is_singleton:
                return self._first(content_type, self.entries[content_type.name])
            if name == content_type.api_name:
                ((argument, value),) = [(key, each) for key, each in arguments.items() if each is not None]
                column = "id" if argument == "id" else content_type[snake_case(argument)].column
                return self._by(column, value, [content_type])
            if name == camel_case(content_type.plural):
                rows = self.archived if arguments.pop("archived", False) else self.entries
                return self._connections.of(content_type, rows[content_type.name], arguments)
        raise AssertionError(name)

    def _by(self, column: str, value: str, types: list[ContentType]) -> Found | None:
        for content_type in types:
            rows = [
                row
                for row in self.entries[content_type.name]
                if row.get(column) is not None and str(row[column]) == value
            ]
            if rows:
                return self._first(content_type, rows)
        return None

    def _first(self, content_type: ContentType, rows: list[Any]) -> Found | None:
        return Found(content_type, min(rows, key=lambda row: row["id"])) if rows else None

    def _field(self, found: Found, name: str, arguments: dict[str, Any]) -> Any:
        if name in SYSTEM and not (name == "url" and found.type.name != "Asset"):
            return plain(found.row[SYSTEM[name]])
        for each in found.type.fields:
            if each.api_name == name:
                return self._entries.own_field(found, each)
        if any(name == computed.api_name for computed in found.type.computed):
            return plainly(name, found.row)
        owner, rows = self._entries.referring(found, name)
        return self._connections.of(owner, rows, arguments)


_SCHEMAS: dict[tuple[str, Stage, bool], GraphQLSchema] = {}


def _schema(model: ContentModel, stage: Stage, *, has_archived: bool) -> GraphQLSchema:
    key = (model.digest, stage, has_archived)
    if key not in _SCHEMAS:
        schema = build_schema(print_schema(schema_of(model, stage)))
        if has_archived:
            _let_ask_for_archived(model, schema)
        _SCHEMAS[key] = schema
    return _SCHEMAS[key]


def _let_ask_for_archived(model: ContentModel, schema: GraphQLSchema) -> None:
    """As lists at the root of the editorial schema do."""
    assert schema.query_type is not None
    for content_type in model:
        if not content_type.is_singleton:
            field = schema.query_type.fields[camel_case(content_type.plural)]
            field.args["archived"] = GraphQLArgument(GraphQLBoolean, default_value=False)
