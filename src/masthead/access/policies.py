"""The policies of a publication: for every type who may do what, folded for the shape of a viewer.

The shape is all of a viewer that decides what SQL looks like. Accounts and groups are values: they never
are in it, but for the groups that a policy names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from masthead.access.defaults import DEFAULT_RULES
from masthead.access.folding import Reading, all_of, any_of, fold
from masthead.access.predicate import ALWAYS, NEVER, Predicate
from masthead.access.rule import Allow, Anyone, Grantee, Group, Hide, Role, Rule, SignedIn
from masthead.access.viewer import ACTIONS, OWNER, Action, Viewer
from masthead.model import ContentModel


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides a viewer's permissions, without saying who it is. `roles` and `groups` are those that
    policies speak of."""

    is_anonymous: bool
    is_almighty: bool
    roles: frozenset[str]
    groups: frozenset[str]
    scopes: frozenset[str] | None

    def is_in_scope(self, action: Action, type_name: str) -> bool:
        """Whether the token that is used, if one is, may do that at all."""
        return self.scopes is None or not self.scopes.isdisjoint({action, f"{action}:{type_name}"})


class Policies:
    """Who may do what. Owners may do everything; rules add up; no rule, no permission."""

    def __init__(self, model: ContentModel, declared: Mapping[str, tuple[Rule, ...]] | None = None) -> None:
        self._names = frozenset(each.name for each in model)
        self._scopes = frozenset(
            {*ACTIONS, *(f"{action}:{name}" for action in ACTIONS for name in self._names)}
        )
        self._declared = dict(declared or {})
        grantees = [each for rules in self._declared.values() for rule in rules for each in _to(rule)]
        grantees += [each for rule in DEFAULT_RULES for each in _to(rule)]
        self._roles = frozenset(each.name for each in grantees if isinstance(each, Role))
        self._groups = frozenset(each.name for each in grantees if isinstance(each, Group))
        self._allowed = lru_cache(maxsize=1024)(self._all_allowing)  # of actions, types and roles: few

    def shape(self, viewer: Viewer) -> Shape:
        """What of a viewer decides its permissions."""
        return Shape(
            viewer.is_anonymous,
            viewer.is_platform or OWNER in viewer.roles,
            viewer.roles & self._roles,
            viewer.groups & self._groups,
            None if viewer.scopes is None else viewer.scopes & self._scopes,
        )

    def rules(self, type_name: str) -> tuple[Rule, ...]:
        """The rules of a type, declared or by default."""
        return self._declared.get(type_name, DEFAULT_RULES)

    def rule(
        self, action: Action, type_name: str, viewer: Viewer | Shape, fields: frozenset[str] = frozenset()
    ) -> Predicate:
        """Which entries of a type the viewer may read, change … and with them all of `fields`. ALWAYS and
        NEVER are said where nothing depends on the entry."""
        shape = self._shape(viewer)
        found, whole = self._allowed(action, type_name, shape)
        if not fields:
            return whole
        return all_of([whole, *(self._of_field(name, type_name, shape, found) for name in sorted(fields))])

    def field_rule(self, action: Action, type_name: str, viewer: Viewer | Shape, name: str) -> Predicate:
        """The entries of which the viewer may read or change one field."""
        shape = self._shape(viewer)
        return self._of_field(name, type_name, shape, self._allowed(action, type_name, shape)[0])

    def hidden_fields(
        self, viewer: Viewer | Shape, type_name: str, names: frozenset[str], stage: Reading | None = None
    ) -> frozenset[str]:
        """Those of the fields `names` that the viewer does not see in every entry which it sees."""
        whole = fold(self.rule("read", type_name, viewer), stage=stage)
        return frozenset(
            name
            for name in names
            if fold(self.field_rule("read", type_name, viewer, name), stage=stage) != whole
        )

    def changeable_fields(
        self, viewer: Viewer | Shape, type_name: str, names: frozenset[str]
    ) -> frozenset[str]:
        """Those of the fields `names` that the viewer may change in some entry."""
        return frozenset(
            name for name in names if self.field_rule("change", type_name, viewer, name) != NEVER
        )

    def may_administer(self, viewer: Viewer) -> bool:
        """Whether the viewer may administer: people, tokens of others, what belongs to no entry."""
        return (viewer.is_platform or OWNER in viewer.roles) and viewer.is_in_scope("administer")

    def may_hide_entries(self, type_name: str, stage: Reading = "live") -> bool:
        """Whether there can be a viewer who does not see every entry of the type in a stage."""
        return any_of(self._for_all(type_name, stage, None)) != ALWAYS

    def may_hide_field(self, type_name: str, name: str, stage: Reading = "live") -> bool:
        """Whether there can be a viewer who sees an entry of the type without this field."""
        rules = self.rules(type_name)
        if any(isinstance(rule, Hide) and name in rule.fields for rule in rules):
            return True
        reading = [rule for rule in rules if isinstance(rule, Allow) and "read" in rule.actions]
        if all(_covers(rule, name) for rule in reading):
            return False
        return any_of(self._for_all(type_name, stage, name)) != ALWAYS

    def to_json(self) -> Any:
        """What content.py declared, as JSON values; `from_json` gives it back."""
        return {"version": 1, "types": _ADAPTER.dump_python(self._declared, mode="json")}

    @staticmethod
    def from_json(model: ContentModel, value: Any) -> "Policies":
        """The policies that `to_json` wrote; the default ones for None. Raises pydantic.ValidationError for
        anything else."""
        return Policies(model, None if value is None else _ADAPTER.validate_python(value["types"]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policies) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(tuple(self._declared.items()))

    def _shape(self, viewer: Viewer | Shape) -> Shape:
        return viewer if isinstance(viewer, Shape) else self.shape(viewer)

    def _all_allowing(
        self, action: Action, type_name: str, shape: Shape
    ) -> tuple[tuple[tuple[Predicate, Allow], ...], Predicate]:
        """The rules that allow the viewer something, and what they allow of whole entries together."""
        found = tuple(self._allowing(action, type_name, shape))
        return found, any_of(when for when, _ in found)

    def _allowing(self, action: Action, type_name: str, shape: Shape) -> Iterator[tuple[Predicate, Allow]]:
        """The rules that allow the viewer something, each with its predicate. A token takes nothing from
        what anyone may read: whoever has it could leave it out."""
        if type_name not in self._names:
            raise AssertionError(f"{type_name} is no content type")
        if not shape.is_in_scope(action, type_name):
            if action != "read":
                return
            shape = _NOBODY
        if shape.is_almighty:
            yield ALWAYS, _EVERYTHING
            return
        for rule in self.rules(type_name):
            if isinstance(rule, Allow) and action in rule.actions and _is_to(shape, rule.to):
                yield fold(rule.when, is_anonymous=shape.is_anonymous), rule

    def _of_field(
        self, name: str, type_name: str, shape: Shape, found: tuple[tuple[Predicate, Allow], ...]
    ) -> Predicate:
        if any(rule is _EVERYTHING for _, rule in found):
            return ALWAYS
        for rule in self.rules(type_name):
            if isinstance(rule, Hide) and name in rule.fields and not _is_to(shape, rule.but):
                return NEVER
        return any_of(when for when, rule in found if _covers(rule, name))

    def _for_all(self, type_name: str, stage: Reading, name: str | None) -> Iterator[Predicate]:
        """What everybody may read, whoever it is."""
        for rule in self.rules(type_name):
            if not isinstance(rule, Allow) or (name is not None and not _covers(rule, name)):
                continue
            if "read" in rule.actions and Anyone() in rule.to:
                yield fold(rule.when, stage=stage)


def _to(rule: Rule) -> tuple[Grantee, ...]:
    return rule.to if isinstance(rule, Allow) else rule.but


def _covers(rule: Allow, name: str) -> bool:
    return rule.fields is None or name in rule.fields


def _is_to(shape: Shape, grantees: tuple[Grantee, ...]) -> bool:
    return any(_is_one(shape, each) for each in grantees)


def _is_one(shape: Shape, grantee: Grantee) -> bool:
    match grantee:
        case Anyone():
            return True
        case SignedIn():
            return not shape.is_anonymous
        case Role(name=name):
            return name in shape.roles
        case Group(name=name):
            return name in shape.groups


_EVERYTHING = Allow((), ())
_NOBODY = Shape(True, False, frozenset(), frozenset(), None)
_ADAPTER = TypeAdapter(dict[str, tuple[Rule, ...]])
