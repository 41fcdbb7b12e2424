"""Full-text search over several content types at once: what the search box of a site asks.

Only ranks and ids are read of all that fits; entries and snippets are made for the page.
"""

from collections.abc import Callable
from functools import cache

from masthead.query.scope import Scope
from masthead.query.search import Search, searches_of
from masthead.query.selection import (
    Found,
    FoundEntry,
    Hits,
    Members,
    Rank,
    Snippet,
    TotalCount,
    TypeName,
)
from masthead.query.sketch import Sketch
from masthead.query.sql import Column, json_array, json_object, literal, quote
from masthead.store import SEARCH

WriteMembers = Callable[[Scope, Members], list[Column]]


def write_site_search(sketch: Sketch, found: Found, path: tuple[str, ...], write: WriteMembers) -> str:
    """The expression of the results' object."""
    searches = searches_of(sketch, found.types, found.text, (*path, "query"))

    @cache  # and not before it is read: PostgreSQL refuses a parameter that its statement does not mention
    def fitting() -> str:
        return " UNION ALL ".join(_fitting(sketch, index, each, path) for index, each in enumerate(searches))

    columns = []
    for member in found.members:
        match member.value:
            case Hits(members=members):
                hits = _Hits(sketch, searches, sketch.alias("s"), (*path, member.key), write)
                columns.append((member.key, hits.write(found, fitting(), members)))
            case TotalCount():
                columns.append((member.key, f"(SELECT count(*) FROM ({fitting()}) f$)"))
            case TypeName(name=name):
                columns.append((member.key, f"{literal(name)}::text"))
            case _:
                raise AssertionError(f"{member.value} is not a member of search results")
    return json_object(columns)


def _fitting(sketch: Sketch, index: int, search: Search, path: tuple[str, ...]) -> str:
    alias = sketch.alias("r", path)
    words = f"{alias}.{quote(SEARCH)}"
    return (
        f'SELECT {index} AS "type", {alias}."id" AS "id", {search.rank(words)} AS "rank" '
        f"FROM {sketch.table(search.content_type)} {alias} WHERE {words} @@ {search.query()}"
    )


class _Hits:
    """The entries of one page, under an alias that has type, id and rank."""

    def __init__(
        self,
        sketch: Sketch,
        searches: tuple[Search, ...],
        alias: str,
        path: tuple[str, ...],
        write: WriteMembers,
    ) -> None:
        self._sketch = sketch
        self._searches = searches
        self._alias = alias
        self._path = path
        self._write = write

    def write(self, found: Found, fitting: str, members: Members) -> str:
        """The expression of the array."""
        columns = [(each.key, self._member(each.key, each.value)) for each in members]
        page = f"SELECT * FROM ({fitting}) f$ {_order('f$')} LIMIT {found.size} OFFSET {found.offset}"
        return json_array(columns, f"FROM ({page}) {self._alias} {_order(self._alias)}")

    def _member(self, key: str, value: object) -> str:
        match value:
            case FoundEntry(variants=variants):
                members = dict(variants)
                return self._by_type(
                    lambda search, scope: json_object(
                        self._write(scope, members[search.content_type.name]), self._source(scope)
                    ),
                    (*self._path, key),
                )
            case Rank():
                return f'{self._alias}."rank"'
            case Snippet():
                return self._by_type(
                    lambda search, scope: f"(SELECT {search.snippet(scope)} {self._source(scope)})",
                    (*self._path, key),
                )
            case TypeName(name=name):
                return f"{literal(name)}::text"
            case _:
                raise AssertionError(f"{value} is not a member of a search result")

    def _by_type(self, make: Callable[[Search, Scope], str], path: tuple[str, ...]) -> str:
        cases = []
        for index, search in enumerate(self._searches):
            scope = Scope(self._sketch, search.content_type, self._sketch.alias("t", path), path)
            cases.append(f"WHEN {index} THEN {make(search, scope)}")
        return f'CASE {self._alias}."type" {" ".join(cases)} END'

    def _source(self, scope: Scope) -> str:
        table = self._sketch.table(scope.content_type)
        return f'FROM {table} {scope.alias} WHERE {scope.physical("id")} = {self._alias}."id"'


def _order(alias: str) -> str:
    return f'ORDER BY {alias}."rank" DESC, {alias}."id" DESC'
