"""Entries that are shown otherwise than the tables have them: what is previewed.

Their rows come as one JSON parameter a table, which PostgreSQL reads with the row type of the table itself,
in front of the rows of all other entries. So a preview is the plan of the public, read by the role of the
public: a draft that nobody put into the parameter cannot be in its answer. Their words are not there, so a
search does not find them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from masthead.model import ContentType, Field
from masthead.query.selection import Variable
from masthead.query.sketch import Sketch

PREVIEW = "$preview"
"""The variable that holds the rows: no variable of a request is called so."""


@dataclass(frozen=True)
class OverlayView:
    """A View over the tables themselves, for overlays that have entries of these types."""

    types: frozenset[str]

    def rows(self, sketch: Sketch, content_type: ContentType, source: str) -> str:
        """What the overlay has of the type, and the rows of all other entries."""
        if content_type.name not in self.types:
            return source
        return _joined(sketch, source, f"rows_{content_type.table}", ("rows", content_type.name), "id")

    def links(self, sketch: Sketch, content_type: ContentType, field: Field, source: str) -> str:
        """The same for the links of a list of references."""
        if content_type.name not in self.types:
            return source
        name, path = f"links_{content_type.table}__{field.column}", (content_type.name, field.name)
        return _joined(sketch, source, name, ("links", link_key(*path)), "owner")

    def archived(self, sketch: Sketch, content_type: ContentType, source: str) -> str:  # noqa: ARG002 - as a View has it
        """As they are: no preview shows them."""
        return source

    def archived_links(
        self,
        sketch: Sketch,  # noqa: ARG002 - as a View has it
        content_type: ContentType,  # noqa: ARG002 - the same
        field: Field,  # noqa: ARG002 - the same
        source: str,
    ) -> str:
        """The same for the links of a list of references."""
        return source

    def may_be_null(self, content_type: ContentType, name: str) -> bool:  # noqa: ARG002 - as a View has it
        """Never: what an overlay shows keeps the promises of the stage."""
        return False

    def reference(self, content_type: ContentType, column: str) -> str:  # noqa: ARG002 - as a View has it
        """The column itself."""
        return column


@dataclass(frozen=True)
class Overlay:
    """`rows` are JSON arrays of rows by type, `links` those of links by `link_key`; every type that has
    either, or an entry among the `ids`, is in both. `ids` are the entries of which the tables say nothing
    here."""

    rows: Mapping[str, str]
    links: Mapping[str, str]
    ids: Sequence[UUID]

    @cached_property
    def view(self) -> OverlayView:
        """What plans read instead of tables. As part of a plan's key it says all that a plan must know."""
        return OverlayView(frozenset(self.rows))

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """What the plans of its view need among the values of a request's variables."""
        return {PREVIEW: {"rows": self.rows, "links": self.links, "ids": list(self.ids)}}


def link_key(type_name: str, field: str) -> str:
    """How an overlay calls the links of a list of references."""
    return f"{type_name}.{field}"


def _joined(sketch: Sketch, table: str, name: str, path: tuple[str, ...], key: str) -> str:
    """Both together. The parts have no WHERE of their own: PostgreSQL takes a part with one as a subquery
    that it reads whole, where it would walk an index of the table (is_safe_append_member in its planner)."""
    new = sketch.later(name, Variable(PREVIEW, path), _same, "jsonb")
    ids = sketch.later("overlaid", Variable(PREVIEW, ("ids",)), _same, "uuid[]")
    all_, shown, kept = sketch.alias("u"), sketch.alias("v"), sketch.alias("v")
    return (
        f"(SELECT {all_}.* FROM ("
        f"SELECT {shown}.*, true AS {_MARK} FROM jsonb_populate_recordset(NULL::{table}, {new}) {shown} "
        f"UNION ALL SELECT {kept}.*, false AS {_MARK} FROM {table} {kept}) {all_} "
        f'WHERE {all_}.{_MARK} OR {all_}."{key}" <> ALL ({ids}))'
    )


_MARK = '"is_previewed$"'


def _same(value: Any) -> Any:
    return value
