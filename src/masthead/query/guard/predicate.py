"""A policy's predicate as SQL: true exactly where it holds, false or unknown elsewhere.

It reads what lies beneath the guard: a rule is about what there is, not about what the viewer sees of it.
Constants of content.py are literals, so that PostgreSQL can plan with them; the viewer is a parameter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, assert_never

from masthead.access import Predicate, lead
from masthead.access import predicate as words
from masthead.model import ContentType, kinds
from masthead.query.selection import Variable
from masthead.query.sketch import Sketch, View
from masthead.query.sql import literal, quote

VIEWER = "$viewer"
"""The variable that holds the viewer's account and groups: no variable of a request is called so."""


@dataclass(slots=True)
class Row:
    """One entry under an alias; `registry` is that of its row in masthead.entry, where a predicate needs
    it."""

    sketch: Sketch
    guard: View
    content_type: ContentType
    alias: str
    registry: str = ""
    steps: list[str] = field(default_factory=list)

    def holds(self, predicate: Predicate) -> str:
        """The predicate about this entry."""
        match predicate:
            case words.Always():
                return "true"
            case words.Never():
                return "false"
            case words.IsOwn():
                account = self.sketch.later("account", Variable(VIEWER, ("account",)), _same, "uuid")
                return f'{self._registered()}."owner" = {account}'
            case words.IsIn(state=state):
                return self._state(state)
            case words.Compare():
                return self._compare(predicate)
            case words.Some():
                return self._some(predicate)
            case words.Not(part=part):
                return f"({self.holds(part)}) IS NOT TRUE"
            case words.AllOf(parts=parts):
                return self._join(parts, " AND ", "true")
            case words.AnyOf(parts=parts):
                return self._join(parts, " OR ", "false")
            case _:
                assert_never(predicate)

    def source(self, table: str) -> str:
        """FROM the entry's table, once it is written what it is asked."""
        registry = self.registry
        joined = f' JOIN masthead."entry" {registry} ON {registry}."id" = {self.alias}."id"'
        return f"FROM {table} {self.alias}{joined if registry else ''}"

    def column(self, name: str) -> str:
        """The expression of a physical column."""
        return f"{self.alias}.{quote(name)}"

    def _join(self, parts: Iterable[Predicate], word: str, empty: str) -> str:
        written = [self.holds(each) for each in parts]
        return f"({word.join(written)})" if written else empty

    def _registered(self) -> str:
        self.registry = self.registry or self.sketch.alias("e")
        return self.registry

    def _state(self, state: str) -> str:
        entry = self._registered()
        match state:
            case "archived":
                return f'{entry}."archived_at" IS NOT NULL'
            case "live":
                return f'{entry}."head" = {entry}."published"'
            case _:
                differs = f'{entry}."head" IS DISTINCT FROM {entry}."published"'
                return f'({differs} AND {entry}."archived_at" IS NULL)'

    def _compare(self, compare: words.Compare) -> str:
        led = lead(self.sketch.model, self.content_type, compare.path)
        if isinstance(led.kind, kinds.Reference):
            # The only thing that a reference can be asked: whether it leads to an entry.
            return f"NOT {self._leads(compare.path, led.kind.target)}"
        value, kind = self._value(compare.path), led.kind
        match compare.operator:
            case "is_null":
                return f"{value} IS NULL"
            case "eq":
                return f"{value} = {self._one(kind, compare.operand)}"
            case "lt" | "lte" | "gt" | "gte" as operator:
                return f"{value} {_SIGNS[operator]} {self._one(kind, compare.operand)}"
            case "in":
                return f"{value} = ANY ({self._several(kind, compare.operand)})"
            case "starts_with":
                return f"starts_with({value}, {self._one(kind, compare.operand)})"
            case "has":
                return f"{value} @> ARRAY[{self._one(_item(kind), compare.operand)}]"
            case "has_any":
                return f"{value} && {self._several(_item(kind), compare.operand)}"
            case _:
                assert_never(compare.operator)

    def _leads(self, path: words.Path, target: str) -> str:
        alias = self.sketch.alias("w")
        table = self.sketch.table(self.sketch.model[target], self.guard)
        return f'EXISTS (SELECT FROM {table} {alias} WHERE {alias}."id" = {self._value(path)})'

    def _some(self, some: words.Some) -> str:
        led = lead(self.sketch.model, self.content_type, some.path)
        if led.field is None or not isinstance(led.field.kind, kinds.References):
            raise AssertionError(f"{some.path} is no list of references")
        owner = self._value(some.path[:-1]) if led.steps else self.column("id")
        link, target = self.sketch.alias("l"), self.sketch.model[led.field.kind.target]
        found = Row(self.sketch, self.guard, target, self.sketch.alias("w"))
        condition = found.holds(some.condition)
        links = self.sketch.links(led.owner, led.field, self.guard)
        joined = f"JOIN {self.sketch.table(target, self.guard)} {found.alias} ON {found.column('id')}"
        return (
            f'EXISTS (SELECT FROM {links} {link} {joined} = {link}."target" '
            f'WHERE {link}."owner" = {owner} AND {condition})'
        )

    def _value(self, path: words.Path) -> str:
        """What lies at the path, null where it leads nowhere."""
        led = lead(self.sketch.model, self.content_type, path)
        names = [*(step.field.column for step in led.steps), led.field.column if led.field else led.name]
        value = self.column(names[0])
        for step, name in zip(led.steps, names[1:], strict=True):
            value = self._further(value, step.target, name)
        return value

    def _further(self, reference: str, target: ContentType, name: str) -> str:
        alias = self.sketch.alias("w")
        table = self.sketch.table(target, self.guard)
        return f'(SELECT {alias}.{quote(name)} FROM {table} {alias} WHERE {alias}."id" = {reference})'

    def _one(self, kind: kinds.Kind | None, operand: words.Operand) -> str:
        match operand:
            case words.Me():
                return self.sketch.later("me", Variable(VIEWER, ("account",)), _spelled, "text")
            case words.Constant(value=value) if not isinstance(value, tuple):
                return f"{_literal(value)}::{_cast(kind)}"
            case _:
                raise AssertionError("several are not one value")

    def _several(self, kind: kinds.Kind | None, operand: words.Operand) -> str:
        match operand:
            case words.MyGroups():
                return self.sketch.later("groups", Variable(VIEWER, ("groups",)), _same, "text[]")
            case words.Constant(value=tuple(values)):
                return f"ARRAY[{', '.join(_literal(value) for value in values)}]::{_cast(kind)}[]"
            case _:
                raise AssertionError("one value is not several")


_SIGNS = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}


def _literal(value: words.Scalar) -> str:
    return literal(str(value).lower() if isinstance(value, bool) else str(value))


def _item(kind: kinds.Kind | None) -> kinds.Kind | None:
    return kind.item if isinstance(kind, kinds.Scalars) else kind


def _cast(kind: kinds.Kind | None) -> str:
    match kind:
        case None:
            return "uuid"
        case kinds.Integer():
            return "bigint"
        case kinds.Float():
            return "float8"
        case kinds.Decimal():
            return "numeric"
        case kinds.Boolean():
            return "boolean"
        case kinds.Date():
            return "date"
        case kinds.DateTime():
            return "timestamptz"
        case _:
            return "text"


def _same(value: Any) -> Any:
    return value


def _spelled(account: Any) -> str:
    return str(account)
