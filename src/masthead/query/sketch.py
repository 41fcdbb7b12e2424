"""A plan in the making: its parameters, names that nothing else has, and what stands for tables."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from masthead.model import ContentModel, ContentType, Field
from masthead.query.archived import archived_links, archived_rows
from masthead.query.columns import Column, column_of, may_lack
from masthead.query.plan import Binding
from masthead.query.selection import Argument
from masthead.query.slot import Slot
from masthead.query.sql import quote
from masthead.store import Stage


class View(Protocol):
    """What a plan reads in the place of tables, wherever it reads them. Views stand on each other: each gets
    what lies beneath it, a table's name or a subquery, and gives it back, or a subquery over it with the
    same columns."""

    def rows(self, sketch: "Sketch", content_type: ContentType, source: str) -> str:
        """The rows of a content type. What `reference` names is a column of them too."""

    def links(self, sketch: "Sketch", content_type: ContentType, field: Field, source: str) -> str:
        """The links of a list of references: owner, position, target and sort."""

    def archived(self, sketch: "Sketch", content_type: ContentType, source: str) -> str:
        """The rows of those entries of a content type that are archived."""

    def archived_links(self, sketch: "Sketch", content_type: ContentType, field: Field, source: str) -> str:
        """The links of a list of references whose owners are archived."""

    def may_be_null(self, content_type: ContentType, name: str) -> bool:
        """Whether it can show null for a field or a system field that has a value."""

    def reference(self, content_type: ContentType, column: str) -> str:
        """The column of a reference for joins, in which the other side is rows of this view too: as it is
        stored, so that an index finds it. As a value it would tell of entries that the view does not show."""


@dataclass(slots=True)
class Sketch:
    """Its parameters so far, its aliases, and what Python computes. `views` stand between the plan and the
    tables, the lowest first."""

    model: ContentModel
    stage: Stage
    views: tuple[View, ...] = ()
    bindings: list[Binding] = field(default_factory=list)
    parameters: int = 0
    names: int = 0
    slots: dict[Slot, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    _late: dict[str, "_Late"] = field(default_factory=dict)

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

    def later(self, name: str, argument: Argument, read: Callable[[Any], Any], cast: str) -> str:
        """A parameter that a view may write as often as it likes, also into SQL that is thrown away: it is
        bound by `settled`, once, and only where the statement mentions it. `name` is the view's own."""
        self._late.setdefault(name, _Late(argument, read, cast))
        return f"⟦{name}⟧"

    def settled(self, sql: str) -> str:
        """The statement with the parameters of its views in their places."""
        bound: dict[str, str] = {}

        def parameter(found: re.Match[str]) -> str:
            name = found[1]
            if name is None:
                return found[0]
            if name not in bound:
                late = self._late[name]
                (bound[name],) = self.bind(late.argument, lambda value: (late.read(value),), [late.cast], ())
            return bound[name]

        return _LATE.sub(parameter, sql) if self._late else sql

    def table(self, content_type: ContentType, beneath: View | None = None) -> str:
        """What stands in FROM for the rows of a content type, before an alias; only `beneath` a view where
        one is given."""
        source = self._name(content_type.table)
        for view in self._views(beneath):
            source = view.rows(self, content_type, source)
        return source

    def links(self, content_type: ContentType, field: Field, beneath: View | None = None) -> str:
        """The same for the links of a list of references."""
        source = self._name(f"{content_type.table}__{field.column}")
        for view in self._views(beneath):
            source = view.links(self, content_type, field, source)
        return source

    def archived(self, content_type: ContentType) -> str:
        """What stands in FROM for the entries of a content type that are archived."""
        source = archived_rows(content_type)
        for view in self.views:
            source = view.archived(self, content_type, source)
        return source

    def archived_links(self, content_type: ContentType, field: Field) -> str:
        """The same for the links of a list of references."""
        source = archived_links(content_type, field)
        for view in self.views:
            source = view.archived_links(self, content_type, field, source)
        return source

    def column(self, content_type: ContentType, name: str) -> Column:
        """The column of a field in this plan's stage, as its views show it."""
        column = column_of(content_type, name, self.stage)
        if column.is_nullable or not self.is_veiled(content_type, name):
            return column
        return Column(column.name, column.kind, is_nullable=True)

    def may_be_null(self, content_type: ContentType, name: str) -> bool:
        """Whether a field or a system field can be null in this plan's stage, as its views show it."""
        return may_lack(content_type, name, self.stage) or self.is_veiled(content_type, name)

    def reference(self, content_type: ContentType, column: str) -> str:
        """The column of a reference for joins (see View)."""
        for view in self.views:
            column = view.reference(content_type, column)
        return column

    def is_veiled(self, content_type: ContentType, name: str) -> bool:
        """Whether a view may show null for a field that has a value."""
        return any(view.may_be_null(content_type, name) for view in self.views)

    def _views(self, beneath: View | None) -> tuple[View, ...]:
        return self.views if beneath is None else self.views[: self.views.index(beneath)]

    def _name(self, table: str) -> str:
        return f"{self.stage}.{quote(table)}"


@dataclass(frozen=True, slots=True)
class _Late:
    argument: Argument
    read: Callable[[Any], Any]
    cast: str


_LATE = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|⟦(\w+)⟧""")
"""What is quoted is passed over: it may hold anything."""
