"""A Markdown field: six columns that were written when it was saved, as one object."""

from masthead.model import Field
from masthead.query.scope import Ground
from masthead.query.selection import HeadingPart, Headings, Members, Part, TypeName
from masthead.query.sql import Column, json_array, json_object, literal, quote

SUFFIXES = {"source": "", "html": "_html", "text": "_text", "excerpt": "_excerpt", "minutes": "_minutes"}
"""What is behind the name of the field in the columns of its parts."""


def write_markdown(scope: Ground, field: Field, members: Members) -> str:
    """The expression of the object; null where the field is: all six columns are written, or none."""
    columns = [(member.key, _part(scope, field, member.value)) for member in members]
    if scope.may_be_null(field):
        return json_object(columns, f"WHERE {scope.physical(field.column)} IS NOT NULL")
    return json_object(columns)


def _part(scope: Ground, field: Field, value: object) -> str:
    match value:
        case Part(name=name):
            return scope.physical(field.column + SUFFIXES[name])
        case Headings(members=members):
            return _headings(scope, field, members)
        case TypeName(name=name):
            return f"{literal(name)}::text"
        case _:
            raise AssertionError(f"{value} is not a part of a Markdown field")


def _headings(scope: Ground, field: Field, members: Members) -> str:
    heading = scope.sketch.alias("h")
    columns: list[Column] = [(member.key, _heading(heading, member.value)) for member in members]
    toc = scope.physical(field.column + "_toc")
    return json_array(columns, f"FROM jsonb_to_recordset({toc}) {heading}(level int, id text, text text)")


def _heading(alias: str, value: object) -> str:
    match value:
        case HeadingPart(name=name):
            return f"{alias}.{quote(name)}"
        case TypeName(name=name):
            return f"{literal(name)}::text"
        case _:
            raise AssertionError(f"{value} is not a value of a heading")
