"""Which column holds a field, whether it can be null in a stage, and how its value is spelled in JSON."""

from dataclasses import dataclass
from typing import assert_never

from masthead.model import ContentType, Field, kinds
from masthead.query.sql import literal
from masthead.store import Stage

OneColumn = kinds.Scalar | kinds.Json | kinds.Slug | kinds.Scalars
"""The kinds whose value lies in one column and is sent as it is."""

INT32 = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a content table. `kind` is None for `id`."""

    name: str
    kind: OneColumn | None
    is_nullable: bool


_MOMENT = kinds.DateTime()
_SYSTEM = {
    "id": Column("id", None, is_nullable=False),
    "path": Column("path", kinds.Text(), is_nullable=True),
    "created_at": Column("created_at", _MOMENT, is_nullable=False),
    "updated_at": Column("updated_at", _MOMENT, is_nullable=False),
}


def column_of(content_type: ContentType, name: str, stage: Stage) -> Column:
    """The column of the system field or one-column field called `name`."""
    if name in _SYSTEM:
        return _SYSTEM[name]
    is_draft = stage == "draft"
    if name == "published_at":
        return Column(name, _MOMENT, is_nullable=is_draft)
    return field_column(content_type[name], stage)


def may_lack(content_type: ContentType, name: str, stage: Stage) -> bool:
    """Whether a field or a system field can be null in a stage."""
    if name in content_type:
        return content_type[name].is_nullable or stage == "draft"
    return column_of(content_type, name, stage).is_nullable


def field_column(field: Field, stage: Stage) -> Column:
    """The column of a one-column field, in a table's row or in a block's."""
    if isinstance(field.kind, kinds.Markdown | kinds.Reference | kinds.References | kinds.Blocks):
        raise AssertionError(f"{field.name} is not one column")
    return Column(field.column, field.kind, field.is_nullable or stage == "draft")


def is_int32(kind: kinds.Integer) -> bool:
    """Whether every value is a GraphQL Int: 32 bits (GraphQL specification, section 3.5.1)."""
    return (
        kind.minimum is not None
        and kind.maximum is not None
        and kind.minimum >= -INT32 - 1
        and kind.maximum <= INT32
    )


def spell(sql: str, kind: OneColumn | None, names: tuple[tuple[str, str], ...] = ()) -> str:
    """The expression whose JSON is the field's value: big integers and decimals are strings, because
    JavaScript would round them; moments, dates and the rest are as PostgreSQL's to_json spells them."""
    match kind:
        case kinds.Integer() if not is_int32(kind):
            return f"{sql}::text"
        case kinds.Decimal():
            return f"{sql}::text"
        case kinds.Enumeration() if _renames(names):
            return _renamed(sql, names)
        case kinds.Scalars(item=item):
            return _spell_list(sql, item, names)
        case (
            None
            | kinds.Text()
            | kinds.Integer()
            | kinds.Float()
            | kinds.Boolean()
            | kinds.Date()
            | kinds.DateTime()
            | kinds.Enumeration()
            | kinds.Url()
            | kinds.Slug()
            | kinds.Json()
        ):
            return sql
        case _:
            assert_never(kind)


def _spell_list(sql: str, item: kinds.Scalar, names: tuple[tuple[str, str], ...]) -> str:
    if isinstance(item, kinds.Enumeration) and _renames(names):
        items = (
            f"SELECT {_renamed('u$.v$', names)} FROM unnest({sql}) WITH ORDINALITY u$(v$, n$) ORDER BY u$.n$"
        )
        return f"CASE WHEN {sql} IS NOT NULL THEN ARRAY({items}) END"
    return f"{sql}::text[]" if spell("", item) else sql


def _renames(names: tuple[tuple[str, str], ...]) -> bool:
    return any(stored != called for stored, called in names)


def _renamed(sql: str, names: tuple[tuple[str, str], ...]) -> str:
    cases = " ".join(f"WHEN {literal(stored)} THEN {literal(called)}" for stored, called in names)
    return f"CASE {sql} {cases} END"
