"""Connections over plain rows: filtered, searched, sorted by comparing, and cut."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.store.query.oracle.aggregates import Aggregates
from tests.store.query.oracle.entries import Entries, Found
from tests.store.query.oracle.filters import Filters
from tests.store.query.oracle.leaves import ENUM_NAMES, leaf
from tests.store.query.oracle.orders import Orders, opened
from tests.store.query.oracle.paging import cut, sort
from tests.store.query.oracle.searches import Hits

from masthead.model import ContentType, snake_case


class Connections:
    """What a connection or a search answers. `ranks` order texts as the database's collation does."""

    def __init__(self, entries: Entries, ranks: Mapping[str, int], hits: Hits) -> None:
        self._entries = entries
        self._ranks = ranks
        self._orders = Orders(entries.model, entries.row, ranks)
        self._hits = hits

    def of(
        self, content_type: ContentType, rows: list[dict[str, Any]], arguments: dict[str, Any]
    ) -> dict[str, Any]:
        """The connection of those of the rows that the arguments leave."""
        rows = self._fulfilling(content_type, rows, arguments.get("where"))
        search = arguments.get("search")
        rows = self.searched(content_type, rows, search)
        order_by = arguments.get("orderBy") or []
        keys, orders = self._orders.keys(content_type, order_by, search), self._orders

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

    def site_search(
        self, query: str, types: list[str] | None = None, first: int | None = None, offset: int | None = None
    ) -> dict[str, Any]:
        """The search over all types that have an address."""
        named = {snake_case(each.name).upper(): each for each in self._entries.model if each.path}
        everything = [each for each in named.values() if each.name != "Asset"]
        hits = [
            (hit.rank, row["id"], {"entry": Found(type_, row), "rank": hit.rank, "snippet": hit.snippet})
            for type_ in (everything if types is None else [named[each] for each in types])
            for row in self._entries.rows[type_.name]
            if (hit := self._hits.get((type_.name, row["id"], query))) is not None
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
        hits = [(row, self._hits.get((content_type.name, row["id"], search))) for row in rows]
        return [{**row, "_rank": hit.rank, "_snippet": hit.snippet} for row, hit in hits if hit]

    def cursor(
        self,
        content_type: ContentType,
        order_by: Sequence[Mapping[str, str]],
        row: Any,
        search: str | None = None,
    ) -> str:
        """The cursor of a row in an order."""
        return self._orders.cursor(content_type, self._orders.keys(content_type, order_by, search), row)

    def _fulfilling(
        self, content_type: ContentType, rows: list[dict[str, Any]], where: Mapping[str, Any] | None
    ) -> list[dict[str, Any]]:
        filters = Filters(self._entries.related, self._ranks.__getitem__, ENUM_NAMES.__getitem__)
        return [row for row in rows if where is None or filters.holds(content_type, row, where)]
