"""Entries that are archived, as rows of their type: they have none in either stage, so these are made of the
snapshots of their heads.

A row has what a draft of the entry would have, but for what is rendered: Markdown and blocks are null, and
no search finds it. What a viewer may see of it stands over it, as over a table (guard/).
"""

import json
from collections.abc import Iterator

from masthead.model import ContentType, Field, kinds
from masthead.query.sql import literal, quote

_PAIRS = 40
"""Columns that one call of jsonb_build_object is given: a function takes a hundred arguments at most."""


def archived_rows(content_type: ContentType) -> str:
    """A subquery with the columns of the type's drafts."""
    pairs = [
        "'id', e$.id",
        "'created_at', e$.created_at",
        "'updated_at', r$.created_at",
        "'published_at', e$.published_at",
        *_pairs(content_type),
    ]
    groups = [", ".join(pairs[start : start + _PAIRS]) for start in range(0, len(pairs), _PAIRS)]
    columns = " || ".join(f"jsonb_build_object({each})" for each in groups)
    row = f"jsonb_populate_record(NULL::draft.{quote(content_type.table)}, {columns})"
    return f"(SELECT a$.* {_heads(content_type)} CROSS JOIN LATERAL {row} a$ {_CONDITION})"


def archived_links(content_type: ContentType, field: Field) -> str:
    """A subquery with the columns of the links of a list of references, each target once."""
    value = _value(field)
    listed = f"jsonb_array_elements_text(CASE jsonb_typeof({value}) WHEN 'array' THEN {value} ELSE '[]' END)"
    return (
        "(SELECT e$.id AS owner, min(l$.n)::integer AS position, l$.v::uuid AS target, NULL::text AS sort "
        f"{_heads(content_type)} CROSS JOIN LATERAL {listed} WITH ORDINALITY l$(v, n) "
        f"{_CONDITION} GROUP BY e$.id, l$.v)"
    )


_CONDITION = "WHERE e$.archived_at IS NOT NULL"


def _heads(content_type: ContentType) -> str:
    own = f"e$.type = {literal(content_type.identity)}"
    return f"FROM masthead.entry e$ JOIN masthead.revision r$ ON r$.id = e$.head AND {own}"


def _pairs(content_type: ContentType) -> Iterator[str]:
    for field in content_type.fields:
        if not isinstance(field.kind, kinds.References | kinds.Markdown | kinds.Blocks):
            yield f"{literal(field.column)}, {_value(field)}"


def _value(field: Field) -> str:
    """What a field holds: its value, or else its default."""
    found = f"r$.snapshot -> 'fields' -> {literal(field.name)}"
    if field.default is None:
        return f"({found})"
    # A null of JSON is none of SQL.
    default = literal(json.dumps(field.default))
    return f"coalesce(nullif({found}, 'null'), {default}::jsonb)"
