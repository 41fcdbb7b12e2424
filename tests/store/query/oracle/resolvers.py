"""Field by field: graphql-core executes an operation over plain rows, with resolvers a reader can check.

Nothing here comes from the planner: schema from the SDL's text, rows from SELECT *, orders by comparing.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cmp_to_key
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
from tests.store.query.oracle.searches import Hits
from tests.store.query.oracle.spelling import Raw, mark_union, spell, spell_float

from masthead.graphql import sdl
from masthead.model import ContentModel, ContentType, Field, camel_case, kinds, snake_case
from masthead.store import Stage

ENUM_NAMES = {"draft": "DRAFT", "in-review": "IN_REVIEW", "2nd": "_2ND", "GOOD": "GOOD", "BAD": "BAD"}
MARKDOWN_COLUMNS = {
    "source": "",
    "html": "_html",
    "text": "_text",
    "excerpt": "_excerpt",
    "readingTime": "_minutes",
}
SYSTEM = {"id": "id", "path": "path", "createdAt": "created_at", "updatedAt": "updated_at"}
SYSTEM |= {"publishedAt": "published_at", "url": "path"}

Key = tuple[str, bool]
"""A physical column, and whether it is sorted descending."""


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
        keys = self._keys(content_type, order_by, search)
        spelled = [json.dumps(_digest(content_type, keys))]
        spelled += [_cursor_value(self._kind(content_type, column), row[column]) for column, _ in keys]
        text = f"[{', '.join(spelled)}]"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def _resolve(self, source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        if info.parent_type.name == "Query":
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
        if name == "node":
            return self._by("id", arguments["id"], [*self.model])
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
            return _plain(found.row[SYSTEM[name]])
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
                return None if values is None else [_leaf(item, value) for value in values]
            case _:
                return _leaf(each.kind, found.row[each.column])

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
        keys = self._keys(content_type, order_by, search)
        after = arguments.get("after")
        rows = sorted(rows, key=cmp_to_key(lambda one, other: self._compare(content_type, keys, one, other)))
        behind = rows
        if after is not None:
            mark = _open_cursor(after, keys)
            behind = [row for row in rows if self._compare(content_type, keys, row, mark) > 0]
        first = 20 if arguments.get("first") is None else arguments["first"]
        aggregates = Aggregates(content_type, lambda *each: self._sortable(*each)[1], _leaf)
        edges = [
            {
                "node": Found(content_type, row),
                "cursor": self.cursor(content_type, order_by, row, search),
                "rank": row.get("_rank"),
                "snippet": row.get("_snippet"),
            }
            for row in behind[:first]
        ]
        return {
            "nodes": [edge["node"] for edge in edges],
            "edges": edges,
            "pageInfo": {
                "hasNextPage": len(behind) > first,
                "hasPreviousPage": len(behind) < len(rows),
                "startCursor": edges[0]["cursor"] if edges else None,
                "endCursor": edges[-1]["cursor"] if edges else None,
            },
            "totalCount": len(rows),
            "aggregate": aggregates.of(rows),
            "groups": lambda **given: aggregates.groups(
                rows, given["by"], given.get("first"), given.get("orderBy")
            ),
        }

    def _keys(
        self, content_type: ContentType, order_by: Sequence[Mapping[str, str]], search: str | None = None
    ) -> list[Key]:
        if search is not None and not order_by:
            return [("_rank", True), ("id", True)]
        keys: list[Key] = []
        for order in order_by:
            ((name, direction),) = order.items()
            column = SYSTEM.get(name) or content_type[snake_case(name)].column
            keys.append((column, direction == "DESC"))
        if not keys and content_type.order_field:
            keys = [(content_type.order_field.column, content_type.is_descending)]
        seen: list[Key] = []
        for column, is_descending in keys:
            if column not in [earlier for earlier, _ in seen] and "id" not in [
                earlier for earlier, _ in seen
            ]:
                seen.append((column, is_descending))
        if "id" not in [column for column, _ in seen]:
            seen.append(("id", seen[-1][1] if seen else False))
        return seen

    def _compare(self, content_type: ContentType, keys: list[Key], one: Any, other: Any) -> int:
        for column, is_descending in keys:
            kind = self._kind(content_type, column)
            left, right = self._sortable(kind, one[column]), self._sortable(kind, other[column])
            if left != right:
                is_less = left < right
                return -1 if is_less != is_descending else 1
        return 0

    def _sortable(self, kind: kinds.Kind | None, value: Any) -> tuple[bool, Any]:
        """Null is larger than everything: last ascending, first descending."""
        if value is None:
            return (True, 0)
        if isinstance(value, str) and (kind is None or isinstance(kind, kinds.DateTime | kinds.Date)):
            value = _parsed(kind, value)
        if isinstance(kind, kinds.Text | kinds.Slug):
            return (False, self._ranks[value])
        if isinstance(kind, kinds.Integer | kinds.Decimal) and isinstance(value, str):
            value = Decimal(value)
        return (False, value)

    def _kind(self, content_type: ContentType, column: str) -> kinds.Kind | None:
        """None for id."""
        if column.endswith("_at") and column in SYSTEM.values():
            return kinds.DateTime()
        return next((each.kind for each in content_type.fields if each.column == column), None)


_SCHEMAS: dict[tuple[str, Stage], GraphQLSchema] = {}


def _schema(model: ContentModel, stage: Stage) -> GraphQLSchema:
    key = (model.digest, stage)
    if key not in _SCHEMAS:
        _SCHEMAS[key] = build_schema(sdl(model, stage))
    return _SCHEMAS[key]


def _leaf(kind: kinds.Kind, value: Any) -> Any:
    match kind:
        case _ if value is None:
            return None
        case kinds.Enumeration():
            return ENUM_NAMES[value]
        case kinds.Json():
            return Raw(value)
        case kinds.Integer(minimum=int(), maximum=int()):
            return value
        case kinds.Integer():
            return str(value)
        case _:
            return _plain(value)


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case UUID():
            return str(value)
        case _:
            return value


def _moment(value: datetime) -> str:
    """RFC 3339 in UTC, without the zeros at the end of a fraction."""
    text = value.astimezone(UTC).replace(tzinfo=None).isoformat()
    return (text.rstrip("0") if "." in text else text) + "+00:00"


def _markdown(row: dict[str, Any], column: str) -> dict[str, Any] | None:
    if row[column] is None:
        return None
    return {name: row[column + suffix] for name, suffix in MARKDOWN_COLUMNS.items()} | {
        "toc": json.loads(row[column + "_toc"])
    }


def _digest(content_type: ContentType, keys: list[Key]) -> str:
    spelled = ",".join(f"{column} {'desc' if is_descending else 'asc'}" for column, is_descending in keys)
    return hashlib.sha256(f"{content_type.identity}:{spelled}".encode()).hexdigest()[:8]


def _cursor_value(kind: kinds.Kind | None, value: Any) -> str:
    if isinstance(value, float):
        return spell_float(value)
    if kind is None or value is None:
        return spell(_plain(value))
    return spell(_leaf(kind, value))


def _open_cursor(cursor: str, keys: list[Key]) -> dict[str, Any]:
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    _, *values = json.loads(raw)
    return {column: value for (column, _), value in zip(keys, values, strict=True)}


def _parsed(kind: kinds.Kind | None, value: str) -> Any:
    match kind:
        case kinds.DateTime():
            return datetime.fromisoformat(value)
        case kinds.Date():
            return date.fromisoformat(value)
        case _:
            return UUID(value)
