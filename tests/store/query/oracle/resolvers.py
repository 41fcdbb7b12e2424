"""Field by field: graphql-core executes an operation over plain rows, with resolvers a reader can check.

Nothing here comes from the planner: schema from the SDL's text, rows from SELECT *, orders by comparing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    execute_sync,
    get_named_type,
    parse,
)
from tests.store.query.oracle.aggregates import Aggregates
from tests.store.query.oracle.blocks import FoundBlock, read_blocks
from tests.store.query.oracle.computed import plainly
from tests.store.query.oracle.filters import Filters, Related
from tests.store.query.oracle.leaves import ENUM_NAMES, SYSTEM, leaf, plain
from tests.store.query.oracle.orders import Orders, opened
from tests.store.query.oracle.paging import cut, sort
from tests.store.query.oracle.searches import Hits
from tests.store.query.oracle.spelling import mark_union, spell

from masthead.graphql import sdl
from masthead.model import ContentModel, ContentType, Field, camel_case, kinds, snake_case
from masthead.store import Stage

MARKDOWN_COLUMNS = {
    "source": "",
    "html": "_html",
    "text": "_text",
    "excerpt": "_excerpt",
    "readingTime": "_minutes",
}


@dataclass(frozen=True, slots=True)
class Found:
    """An entry."""

    type: ContentType
    row: dict[str, Any]


class Oracle:
    """Executes operations over rows. `ranks` order texts as the database's collation does."""

    def __init__(
        self,
        model: ContentModel,
        stage: Stage,
        entries: Mapping[str, list[dict[str, Any]]],
        links: Mapping[tuple[str, str], list[dict[str, Any]]],
        ranks: Mapping[str, int],
        hits: Hits,
    ) -> None:
        self.model = model
        self.schema = _schema(model, stage)
        self.entries = entries
        self._links = links
        self._ranks = ranks
        self.orders = Orders(model, self._row, ranks)
        self.hits = hits
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

    def _site_search(
        self, query: str, types: list[str] | None = None, first: int | None = None, offset: int | None = None
    ) -> dict[str, Any]:
        named = {snake_case(each.name).upper(): each for each in self.model if each.path}
        everything = [each for each in named.values() if each.name != "Asset"]
        hits = [
            (hit.rank, row["id"], {"entry": Found(type_, row), "rank": hit.rank, "snippet": hit.snippet})
            for type_ in (everything if types is None else [named[each] for each in types])
            for row in self.entries[type_.name]
            if (hit := self.hits.get((type_.name, row["id"], query))) is not None
        ]
        hits.sort(key=lambda each: each[:2], reverse=True)
        start, size = offset or 0, 20 if first is None else first
        return {"nodes": [node for _, _, node in hits][start : start + size], "totalCount": len(hits)}

    def searched(
        self, content_type: ContentType, rows: list[dict[str, Any]], search: str | None
    ) -> list[dict[str, Any]]:
        """Those of the rows that fit the search, with how well and where."""
        if search is None:
            return rows
        hits = [(row, self.hits.get((content_type.name, row["id"], search))) for row in rows]
        return [{**row, "_rank": hit.rank, "_snippet": hit.snippet} for row, hit in hits if hit]

    def cursor(
        self,
        content_type: ContentType,
        order_by: Sequence[Mapping[str, str]],
        row: Any,
        search: str | None = None,
    ) -> str:
        """The cursor of a row in an order."""
        return self.orders.cursor(content_type, self.orders.keys(content_type, order_by, search), row)

    def _resolve(self, source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        if info.parent_type.name == "Query":
            if info.field_name == "nodes":
                self._unions.append(info.path.as_list())
            return self._root(info.field_name, arguments)
        if isinstance(get_named_type(info.return_type), GraphQLUnionType):
            self._unions.append(info.path.as_list())
        if isinstance(source, FoundBlock):
            return self._in_block(source, info.field_name)
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
            return self._site_search(**arguments)
        for content_type in self.model:
            if name == content_type.api_name and content_type.is_singleton:
                return self._first(content_type, self.entries[content_type.name])
            if name == content_type.api_name:
                ((argument, value),) = [(key, each) for key, each in arguments.items() if each is not None]
                column = "id" if argument == "id" else content_type[snake_case(argument)].column
                return self._by(column, value, [content_type])
            if name == camel_case(content_type.plural):
                return self._connection(content_type, self.entries[content_type.name], arguments)
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
                return self._own_field(found, each)
        if any(name == computed.api_name for computed in found.type.computed):
            return plainly(name, found.row)
        for owner, each in self.model.referrers(found.type.name):
            if not owner.is_singleton and name == self._reverse_name(found.type, owner, each):
                return self._connection(owner, self._referring(owner, each, found), arguments)
        raise AssertionError(name)

    def _own_field(self, found: Found | FoundBlock, each: Field) -> Any:
        match each.kind:
            case kinds.Reference(target=target):
                return self._entry(target, found.row[each.column])
            case kinds.References(target=target):
                links = [
                    link
                    for link in self._links[found.type.name, each.name]
                    if link["owner"] == found.row["id"]
                ]
                targets = [
                    self._entry(target, link["target"])
                    for link in sorted(links, key=lambda link: link["position"])
                ]
                return [entry for entry in targets if entry is not None]
            case kinds.Blocks():
                return read_blocks(self.model, found.row[each.column])
            case kinds.Markdown():
                return _markdown(found.row, each.column)
            case kinds.Scalars(item=item):
                values = found.row[each.column]
                return None if values is None else [leaf(item, value) for value in values]
            case _:
                return leaf(each.kind, found.row[each.column])

    def _in_block(self, found: FoundBlock, name: str) -> Any:
        """A field of a block; its lists of references are ids, in its own row."""
        (each,) = [field for field in found.type.fields if field.api_name == name]
        if isinstance(each.kind, kinds.References):
            targets = [self._entry(each.kind.target, one) for one in found.row[each.column] or ()]
            return [entry for entry in targets if entry is not None]
        return self._own_field(found, each)

    def _entry(self, type_name: str, entry_id: UUID | None) -> Found | None:
        for row in self.entries[type_name]:
            if row["id"] == entry_id:
                return Found(self.model[type_name], row)
        return None

    def _row(self, type_name: str, entry_id: UUID | None) -> dict[str, Any] | None:
        found = self._entry(type_name, entry_id)
        return found.row if found else None

    def _reverse_name(self, target: ContentType, owner: ContentType, each: Field) -> str:
        name = camel_case(owner.plural)
        same_type = [other for other, _ in self.model.referrers(target.name) if other is owner]
        if len(same_type) == 1 and name not in [own.api_name for own in target.fields]:
            return name
        return name + "By" + each.api_name[0].upper() + each.api_name[1:]

    def _referring(self, owner: ContentType, each: Field, found: Found) -> list[dict[str, Any]]:
        if isinstance(each.kind, kinds.Reference):
            return [row for row in self.entries[owner.name] if row[each.column] == found.row["id"]]
        owners = {
            link["owner"] for link in self._links[owner.name, each.name] if link["target"] == found.row["id"]
        }
        return [row for row in self.entries[owner.name] if row["id"] in owners]

    def _fulfilling(
        self, content_type: ContentType, rows: list[dict[str, Any]], where: Mapping[str, Any] | None
    ) -> list[dict[str, Any]]:
        filters = Filters(self.related, self._ranks.__getitem__, ENUM_NAMES.__getitem__)
        return [row for row in rows if where is None or filters.holds(content_type, row, where)]

    def related(self, content_type: ContentType, row: Mapping[str, Any], name: str) -> Related:
        """The entries behind a reference, or those that refer to this one."""
        found = Found(content_type, dict(row))
        for each in content_type.fields:
            if each.api_name == name:
                value = self._own_field(found, each)
                entries = value if isinstance(value, list) else [value] if value else []
                return [(entry.type, entry.row) for entry in entries]
        for owner, each in self.model.referrers(content_type.name):
            if not owner.is_singleton and name == self._reverse_name(content_type, owner, each):
                return [(owner, other) for other in self._referring(owner, each, found)]
        raise AssertionError(name)

    def _connection(
        self, content_type: ContentType, rows: list[dict[str, Any]], arguments: dict[str, Any]
    ) -> dict[str, Any]:
        rows = self._fulfilling(content_type, rows, arguments.get("where"))
        search = arguments.get("search")
        rows = self.searched(content_type, rows, search)
        order_by = arguments.get("orderBy") or []
        keys, orders = self.orders.keys(content_type, order_by, search), self.orders

        def compare(one: Sequence[Any], other: Sequence[Any]) -> int:
            return orders.compare(keys, one, other)

        rows = sort(rows, lambda one, other: compare(orders.values(keys, one), orders.values(keys, other)))
        after, before = (arguments.get(name) for name in ("after", "before"))
        page = cut(
            rows,
            lambda row: after is None or compare(orders.values(keys, row), opened(after)) > 0,
            lambda row: before is None or compare(orders.values(keys, row), opened(before)) < 0,
            arguments,
        )
        aggregates = Aggregates(content_type, orders.sortable, leaf)
        edges = [
            {
                "node": Found(content_type, row),
                "cursor": self.cursor(content_type, order_by, row, search),
                "rank": row.get("_rank"),
                "snippet": row.get("_snippet"),
            }
            for row in page.rows
        ]
        return {
            "nodes": [edge["node"] for edge in edges],
            "edges": edges,
            "pageInfo": {
                "hasNextPage": page.has_next,
                "hasPreviousPage": page.has_previous,
                "startCursor": edges[0]["cursor"] if edges else None,
                "endCursor": edges[-1]["cursor"] if edges else None,
            },
            "totalCount": len(rows),
            "aggregate": aggregates.of(rows),
            "groups": lambda **given: aggregates.groups(
                rows, given["by"], given.get("first"), given.get("orderBy")
            ),
        }


_SCHEMAS: dict[tuple[str, Stage], GraphQLSchema] = {}


def _schema(model: ContentModel, stage: Stage) -> GraphQLSchema:
    key = (model.digest, stage)
    if key not in _SCHEMAS:
        _SCHEMAS[key] = build_schema(sdl(model, stage))
    return _SCHEMAS[key]


def _markdown(row: dict[str, Any], column: str) -> dict[str, Any] | None:
    if row[column] is None:
        return None
    return {name: row[column + suffix] for name, suffix in MARKDOWN_COLUMNS.items()} | {
        "toc": json.loads(row[column + "_toc"])
    }
