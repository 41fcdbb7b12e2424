"""What the expressions of a plan stand on: names, parameters, and the row that they speak of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, Protocol

from masthead.model import ContentModel, ContentType, Field
from masthead.query.columns import Column, column_of
from masthead.query.plan import Binding
from masthead.query.selection import Argument
from masthead.query.slot import Slot
from masthead.query.sql import quote
from masthead.store import Stage


@dataclass(slots=True)
class Sketch:
    """A plan in the making: its parameters so far, names that nothing else has, and what Python computes."""

    model: ContentModel
    stage: Stage
    bindings: list[Binding] = dataclass_field(default_factory=list)
    parameters: int = 0
    names: int = 0
    slots: dict[Slot, int] = dataclass_field(default_factory=dict)
    places: dict[str, str] = dataclass_field(default_factory=dict)

    def alias(self, letter: str, path: tuple[str, ...] = ()) -> str:
        """A new alias, such as `t$3`: no GraphQL and no physical name has a `$`. `path` says for which part
        of the answer it reads, to whoever explains the plan."""
        self.names += 1
        alias = f"{letter}${self.names}"
        if path:
            self.places[alias] = ".".join(path)
        return alias

    def bind(
        self,
        argument: Argument,
        read: Callable[[Any], Iterable[Any]],
        types: Iterable[str],
        path: tuple[str, ...],
    ) -> list[str]:
        """Parameters for the values that `read` makes of the argument, one for each PostgreSQL type."""
        self.bindings.append(Binding(argument, read, ".".join(path)))
        spelled = [f"${self.parameters + index}::{each}" for index, each in enumerate(types, start=1)]
        self.parameters += len(spelled)
        return spelled

    def table(self, content_type: ContentType, suffix: str = "") -> str:
        """The qualified name of a content table, or of a link table with its suffix."""
        return f"{self.stage}.{quote(content_type.table + suffix)}"

    def column(self, content_type: ContentType, name: str) -> Column:
        """The column of a field in this plan's stage."""
        return column_of(content_type, name, self.stage)


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


@dataclass(slots=True)
class Scope:
    """One row of a content type under an alias; it remembers which columns were asked of it, so that a
    page carries those and no others."""

    sketch: Sketch
    content_type: ContentType
    alias: str
    path: tuple[str, ...]
    columns: dict[str, None] = dataclass_field(default_factory=dict)

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
