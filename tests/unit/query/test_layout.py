"""Statements set out in lines."""

import re

from hypothesis import given
from hypothesis import strategies as st

from masthead.query import lay_out

WORDS = st.sampled_from(
    [
        "SELECT",
        "FROM",
        "WHERE",
        "LEFT JOIN",
        "UNION ALL",
        "(",
        ")",
        "a$1",
        '"x y"',
        "'it''s ('",
        "1",
        ",",
        " ",
        "=",
    ]
)


def test_a_clause_is_a_line_and_a_query_inside_is_further_in() -> None:
    """As a person would write it."""
    sql = 'SELECT (SELECT count(*) FROM live."post" WHERE "id" = $1 LIMIT 1) AS "n", coalesce(1, 2)'
    assert lay_out(sql).splitlines() == [
        "SELECT (",
        "  SELECT count(*)",
        '  FROM live."post"',
        '  WHERE "id" = $1',
        "  LIMIT 1",
        ') AS "n", coalesce(1, 2)',
    ]


@given(st.lists(WORDS).map(" ".join))
def test_only_white_space_differs(sql: str) -> None:
    """Outside quotes; inside them nothing does."""
    quoted = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")
    assert quoted.findall(lay_out(sql)) == quoted.findall(sql)
    assert re.sub(r"\s", "", lay_out(sql)) == re.sub(r"\s", "", sql)
