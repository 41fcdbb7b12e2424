"""What the expressions of a plan stand on: the row that they speak of."""

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Protocol

from masthead.model import ContentType, Field
from masthead.query.columns import Column
from masthead.query.sketch import Sketch
from masthead.query.sql import quote


class Ground(Protocol):
    """What the values of fields are written on: a row of a table, or a block that was made a row."""

    @property
    def sketch(self) -> Sketch:
        """The plan that it is part of."""

    @property
    def path(self) -> tuple[str, ...]:
        """Where it stands in the answer."""

    def field(self, name: str) -> Field:
        """The field called `name`."""

    def column(self, name: str) -> Column:
        """The column of a field, or of what every entry has."""

    def physical(self, name: str) -> str:
        """The expression of a physical column."""

    def may_be_null(self, field: Field) -> bool:
        """Whether the field can be without a value here."""

    def reference(self, field: Field) -> str:
        """The expression of a reference, for a join with the rows that the plan may see of its target."""


@dataclass(slots=True)
class Scope:
    """One row of a content type under an alias; it remembers which columns were asked of it, so that a
    page carries those and no others."""

    sketch: Sketch
    content_type: ContentType
    alias: str
    path: tuple[str, ...]
    columns: dict[str, None] = dataclass_field(default_factory=dict)
    is_archived: bool = False

    def field(self, name: str) -> Field:
        """The field called `name`."""
        return self.content_type[name]

    def column(self, name: str) -> Column:
        """The column of the system field or field called `name`."""
        return self.sketch.column(self.content_type, name)

    def physical(self, name: str) -> str:
        """The expression of a physical column."""
        self.columns[name] = None
        return f"{self.alias}.{quote(name)}"

    def links(self, field: Field) -> str:
        """The links of a list of references of this row."""
        links = self.sketch.archived_links if self.is_archived else self.sketch.links
        return links(self.content_type, field)

    def may_be_null(self, field: Field) -> bool:
        """Whether the field can be without a value here."""
        return self.sketch.may_be_null(self.content_type, field.name)

    def reference(self, field: Field) -> str:
        """The expression of a reference, for a join with the rows that the plan may see of its target."""
        return self.physical(self.sketch.reference(self.content_type, field.column))
