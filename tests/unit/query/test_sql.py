"""Text of SQL: names and literals cannot end early, and names that PostgreSQL would cut are not names."""

from masthead.query.sql import json_array, json_object, literal, quote


def test_quotes_are_doubled() -> None:
    """No name and no literal ends where its author did not end it."""
    assert quote('a"b') == '"a""b"'
    assert literal("it's") == "'it''s'"


def test_a_row_is_named_by_its_columns() -> None:
    """The alias `o$` can be no GraphQL name: `to_json(o$)` is always the whole row."""
    assert json_object([("o", "1")], "FROM t") == '(SELECT to_json(o$) FROM (SELECT 1 AS "o" FROM t) o$)'


def test_names_that_are_too_long_are_spelled_as_json() -> None:
    """PostgreSQL cuts an identifier after 63 bytes without an error."""
    longest, longer = "a" * 63, "a" * 64
    assert f'AS "{longest}"' in json_object([(longest, "1")])
    assert json_object([(longer, "1"), ("b", "2")]) == (
        f"(SELECT to_json(o$.v$) FROM (SELECT ('{{\"{longer}\":' || coalesce(to_json(1)::text, 'null')"
        " || ',\"b\":' || coalesce(to_json(2)::text, 'null') || '}')::json AS v$) o$)"
    )


def test_an_object_without_members_is_an_object() -> None:
    """When every field was skipped."""
    assert "'{' || '}'" in json_array([], "FROM t")


def test_more_columns_than_a_row_may_have() -> None:
    """Above 1,664 PostgreSQL refuses a select list."""
    columns = [(f"a{number}", "1") for number in range(1700)]
    assert " AS " not in json_object(columns).replace("AS v$", "")
