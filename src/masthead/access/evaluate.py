"""Policies decided entry by entry, in plain Python: what the compiled guards are checked against, and what
`masthead access explain` tells. Slow, and with nothing in it that SQL could share.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, assert_never
from uuid import UUID

from masthead.access.folding import without_fields
from masthead.access.paths import lead
from masthead.access.policies import Policies
from masthead.access.predicate import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Constant,
    IsIn,
    IsOwn,
    Me,
    MyGroups,
    Never,
    Not,
    Operand,
    Path,
    Predicate,
    Some,
)
from masthead.access.rule import Allow, Anyone, Grantee, Group, Hide, Role, SignedIn
from masthead.access.viewer import ANONYMOUS, OWNER, Action, Viewer
from masthead.model import ContentModel, kinds

State = Literal["live", "draft", "archived"]


@dataclass(frozen=True, slots=True)
class PlainEntry:
    """An entry. `values` are by the names of fields and system fields: ids for references, None for what is
    not there. `state` is that of what is in `values`; of an archived entry these are not known."""

    type: str
    id: UUID
    values: Mapping[str, Any]
    owner: UUID | None
    state: State


Find = Callable[[str, UUID], PlainEntry | None]
"""The entry of a type with an id."""


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Decides for one viewer."""

    model: ContentModel
    policies: Policies
    find: Find
    viewer: Viewer

    def may(self, action: Action, entry: PlainEntry, field: str | None = None) -> bool:
        """Whether the viewer may do it to the entry, or to one field of it. Beyond its token's scopes it is
        nobody who is known: it reads what anyone may read, and does nothing else."""
        if not self.viewer.is_in_scope(action, entry.type):
            return action == "read" and replace(self, viewer=ANONYMOUS).may(action, entry, field)
        if self.is_almighty:
            return True
        rules = self.policies.rules(entry.type)
        hiding = [rule for rule in rules if isinstance(rule, Hide) and field in rule.fields]
        if any(not self.is_to(rule.but) for rule in hiding):
            return False
        return any(
            self.applies(rule, action, field) and self.lets(rule, entry)
            for rule in rules
            if isinstance(rule, Allow)
        )

    def lets(self, rule: Allow, entry: PlainEntry) -> bool:
        """Whether a rule that applies to the viewer holds for the entry: of an archived one only what its
        fields have no part in."""
        return self.holds(without_fields(rule.when) if entry.state == "archived" else rule.when, entry)

    @property
    def is_almighty(self) -> bool:
        """Whether the viewer may do everything, whatever the rules say."""
        return self.viewer.is_platform or OWNER in self.viewer.roles

    def applies(self, rule: Allow, action: Action, field: str | None = None) -> bool:
        """Whether a rule lets the viewer do that to some entries, or to one field of them."""
        has_field = field is None or rule.fields is None or field in rule.fields
        return action in rule.actions and has_field and self.is_to(rule.to)

    def is_to(self, grantees: tuple[Grantee, ...]) -> bool:
        """Whether the viewer is one of those."""
        return any(self._is_one(each) for each in grantees)

    def holds(self, predicate: Predicate, entry: PlainEntry) -> bool:
        """Whether the predicate holds for the entry."""
        match predicate:
            case Always():
                return True
            case Never():
                return False
            case IsOwn():
                return entry.owner is not None and entry.owner == self.viewer.account
            case IsIn(state=state):
                return entry.state == state
            case Not(part=part):
                return not self.holds(part, entry)
            case AllOf(parts=parts):
                return all(self.holds(each, entry) for each in parts)
            case AnyOf(parts=parts):
                return any(self.holds(each, entry) for each in parts)
            case Some(path=path, condition=condition):
                return any(self.holds(condition, each) for each in self._listed(path, entry))
            case Compare():
                return self._compare(predicate, entry)
            case _:
                assert_never(predicate)

    def _is_one(self, grantee: Grantee) -> bool:
        match grantee:
            case Anyone():
                return True
            case SignedIn():
                return not self.viewer.is_anonymous
            case Role(name=name):
                return name in self.viewer.roles
            case Group(name=name):
                return name in self.viewer.groups
            case _:
                assert_never(grantee)

    def value(self, path: Path, entry: PlainEntry) -> Any:
        """What lies at a path from the entry; None where it leads nowhere."""
        content_type, found = self.model[entry.type], entry
        for step in lead(self.model, content_type, path).steps:
            target = found.values[step.field.name]
            there = None if target is None else self.find(step.target.name, target)
            if there is None:
                return None
            found = there
        return found.values[path[-1]]

    def _listed(self, path: Path, entry: PlainEntry) -> list[PlainEntry]:
        kind = lead(self.model, self.model[entry.type], path).kind
        if not isinstance(kind, kinds.References):
            raise AssertionError(f"{path} is no list of references")
        found = [self.find(kind.target, each) for each in self.value(path, entry) or ()]
        return [each for each in found if each is not None]

    def _compare(self, compare: Compare, entry: PlainEntry) -> bool:
        kind = lead(self.model, self.model[entry.type], compare.path).kind
        value = self.value(compare.path, entry)
        if isinstance(kind, kinds.Reference):
            return value is None or self.find(kind.target, value) is None
        if compare.operator == "is_null":
            return value is None
        operand = self._operand(kind.item if isinstance(kind, kinds.Scalars) else kind, compare.operand)
        if value is None or operand is None:
            return False
        match compare.operator:
            case "eq":
                return bool(value == operand)
            case "lt":
                return bool(value < operand)
            case "lte":
                return bool(value <= operand)
            case "gt":
                return bool(value > operand)
            case "gte":
                return bool(value >= operand)
            case "in":
                return value in operand
            case "has":
                return operand in value
            case "has_any":
                return any(each in value for each in operand)
            case "starts_with":
                return bool(value.startswith(operand))
            case _:
                assert_never(compare.operator)

    def _operand(self, kind: kinds.Kind | None, operand: Operand) -> Any:
        """What is compared with; None for nobody's account."""
        match operand:
            case Me():
                return None if self.viewer.account is None else str(self.viewer.account)
            case MyGroups():
                return sorted(self.viewer.groups)
            case Constant(value=tuple(values)):
                return [_read(kind, each) for each in values]
            case Constant(value=value):
                return _read(kind, value)
            case _:
                assert_never(operand)


def _read(kind: kinds.Kind | None, value: Any) -> Any:
    match kind:
        case None:
            return UUID(value)
        case kinds.Decimal():
            return Decimal(value)
        case kinds.Date():
            return date.fromisoformat(value)
        case kinds.DateTime():
            return datetime.fromisoformat(value)
        case _:
            return value
