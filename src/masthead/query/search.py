"""Full-text search in one content type: the condition, the rank and the snippet.

The words of an entry lie in a generated column with an index over it (store/search_column.py). What is
searched for is read as people type it: words that must all be there, "phrases", `or`, and `-` before what
must not. No text is a mistake. A text without a word finds nothing.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from masthead.kernel import InputError
from masthead.model import ContentType, kinds
from masthead.query.columns import Column
from masthead.query.order import Key, Order
from masthead.query.plan import read_text
from masthead.query.rows import Rows
from masthead.query.scope import Scope
from masthead.query.selection import Argument
from masthead.query.sketch import Sketch
from masthead.query.snippet import snippet_sql
from masthead.store import SEARCH, search_configuration

LONGEST_SEARCH = 1000
"""Characters of what is searched for: a query of PostgreSQL's has a limit, and nobody types more."""

ID = Column("id", None, is_nullable=False)
RANK = Column("_rank", kinds.Float(), is_nullable=False)
"""How well a row fits: a column that the rows of a search have besides their own."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for in one content type. `query` gives the expression; the parameter in it is made
    when it is first read, because PostgreSQL refuses one that its statement does not mention."""

    content_type: ContentType
    query: Callable[[], str]

    def rows(self, rows: Rows) -> Rows:
        """Those of the rows that fit, each with its rank. They must have the column SEARCH."""
        words = rows.expression(SEARCH)

        def condition() -> str:
            found = f"{words} @@ {self.query()}"
            also = rows.filter()
            return f"{found} AND {also}" if also else found

        return replace(rows, filter=cache(condition), made={RANK.name: lambda: self.rank(words)})

    def rank(self, words: str) -> str:
        """How well the words fit: more hits in heavier fields; the longer the entry, the less each counts
        (the 1). A float8, so that a cursor holds it exactly."""
        return f"ts_rank({words}, {self.query()}, 1)::float8"

    def snippet(self, scope: Scope) -> str:
        """Where the words stand in the entry of the scope. Only for rows that are shown: it reads texts."""
        return snippet_sql(self.content_type, self.query(), scope.physical)

    def order(self) -> Order:
        """Best first. Cursors of any search are alike: they hold a rank and an id."""
        keys = (Key(RANK, is_descending=True), Key(ID, is_descending=True))
        spelled = f"{self.content_type.identity}:{RANK.name} desc,id desc"
        return Order(keys, hashlib.sha256(spelled.encode()).hexdigest()[:8])


def search_of(
    sketch: Sketch, content_type: ContentType, text: Argument | None, path: tuple[str, ...]
) -> Search | None:
    """The search for `text` in one type; None where there is none."""
    if text is None:
        return None
    (search,) = searches_of(sketch, [content_type.name], text, (*path, "search"))
    return search


def searches_of(
    sketch: Sketch, types: Iterable[str], text: Argument, path: tuple[str, ...]
) -> tuple[Search, ...]:
    """The searches for one text, each in the language of its type."""
    parameter = cache(lambda: sketch.bind(text, _read, ["text"], path)[0])
    return tuple(_search(sketch.model[name], parameter) for name in types)


def _search(content_type: ContentType, parameter: Callable[[], str]) -> Search:
    language = search_configuration(content_type)
    return Search(content_type, lambda: f"websearch_to_tsquery({language}, {parameter()})")


def _read(value: Any) -> Iterable[str]:
    if len(value) > LONGEST_SEARCH:
        raise InputError(
            "search-too-long",
            f"The search has {len(value)} characters; it can have {LONGEST_SEARCH}.",
            "Search for fewer words.",
        )
    return read_text(value)
