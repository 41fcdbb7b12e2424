"""SQL text: quoting, and how rows become JSON in one spelling.

Text instead of SQLAlchemy's trees: docs/decisions/0004-sql-text.md holds the measurement. Every name
that Masthead makes up here has a `$` in it, which no GraphQL name and no physical name can have: so
`to_json(o$)` can never mean a column that a client called `o`.
"""

import json
from collections.abc import Sequence

Column = tuple[str, str]
"""A response key and the SQL expression of its value."""

LONGEST_NAME = 63
"""Bytes of a PostgreSQL identifier; longer ones are cut without an error (manual, section 4.1.1)."""

MOST_COLUMNS = 1600
"""Below the 1,664 entries that a select list may have (manual, appendix K)."""


def quote(name: str) -> str:
    """A name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Text as a constant; `standard_conforming_strings` is on since PostgreSQL 9.1."""
    return "'" + text.replace("'", "''") + "'"


def json_object(columns: Sequence[Column], source: str = "", common: str = "") -> str:
    """A scalar subselect: the one row of `source` (FROM … WHERE …) as an object, null without a row.
    `common` is a WITH clause, or empty."""
    select, value = _row(columns)
    return f"({common}SELECT to_json({value}) FROM (SELECT {select}{_spaced(source)}) o$)"


def json_array(columns: Sequence[Column], source: str) -> str:
    """A scalar subselect: every row of `source`, in its order, as an array of objects."""
    select, value = _row(columns)
    return f"(SELECT coalesce(json_agg({value}), '[]') FROM (SELECT {select}{_spaced(source)}) o$)"


def json_rows(columns: Sequence[Column], source: str) -> str:
    """A statement that yields every row of `source`, in its order, as an object."""
    select, value = _row(columns)
    return f"SELECT to_json({value}) FROM (SELECT {select}{_spaced(source)}) o$"


def is_row(columns: Sequence[Column]) -> bool:
    """Whether the columns can be those of a row. Where they cannot, its object is put together as text, and
    json_agg, which breaks lines between rows, breaks none between such objects."""
    return 0 < len(columns) <= MOST_COLUMNS and all(len(key) <= LONGEST_NAME for key, _ in columns)


def _row(columns: Sequence[Column]) -> tuple[str, str]:
    """A select list, and what to make JSON of: the whole row, or one column where names do not fit."""
    if is_row(columns):
        return ", ".join(f"{value} AS {quote(key)}" for key, value in columns), "o$"
    parts = [
        literal(("{" if index == 0 else ",") + json.dumps(key) + ":")
        + f" || coalesce(to_json({value})::text, 'null')"
        for index, (key, value) in enumerate(columns)
    ]
    return f"({' || '.join(parts) or literal('{')} || '}}')::json AS v$", "o$.v$"


def _spaced(source: str) -> str:
    return f" {source}" if source else ""
