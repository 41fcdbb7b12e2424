"""What content.py declares becomes Policies, or one error that names the line, the field and the remedy."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, assert_never

from masthead.access.constants import UnfitError, constant, operators_of
from masthead.access.paths import AstrayError, Led, lead
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
from masthead.access.rule import Allow, Declared, Grantee, Hide, Rule
from masthead.kernel import ModelError, Place
from masthead.model import ContentModel, ContentType, kinds


def compile_policies(model: ContentModel, declarations: Iterable[object] = ()) -> Policies:
    """The policies of a publication; `declarations` are those of its LoadedModel, whatever else they hold.

    Raises ModelError for the first mistake.
    """
    found: dict[str, tuple[Rule, ...]] = {}
    for declared in declarations:
        if not isinstance(declared, Declared):
            continue
        if declared.type not in model:
            raise _mistake("policy-type", declared.place, "is no content type here.", "Declare it first.")
        if declared.type in found:
            raise _mistake("policy-duplicate", declared.place, "has policies twice.", "Say all of them once.")
        found[declared.type] = _rules(model, declared)
    return Policies(model, found)


def _rules(model: ContentModel, declared: Declared) -> tuple[Rule, ...]:
    content_type = model[declared.type]
    checker = _Checker(model, content_type, declared.place)
    return tuple(checker.rule(each) for each in declared.rules)


def _mistake(code: str, place: Place, message: str, remedy: str) -> ModelError:
    return ModelError(code, f"{place.path} {message}", remedy, place)


@dataclass(frozen=True, slots=True)
class _Checker:
    """Checks the rules of one type. `is_inner`: within a `some`, where entries are others than the one that
    the policy is about."""

    model: ContentModel
    content_type: ContentType
    place: Place
    is_inner: bool = False

    def rule(self, rule: Any) -> Rule:
        match rule:
            case Allow():
                if "administer" in rule.actions:
                    raise self._mistake(
                        "policy-action", "lets somebody administer.", "Give them the role `owner`: it may."
                    )
                self._fields(rule.fields or ())
                self._to(rule.to)
                if rule.fields is not None and not {*rule.actions} <= {"read", "create", "change"}:
                    raise self._mistake(
                        "policy-fields",
                        f"limits {', '.join(rule.actions)} to fields.",
                        "Only read, create and change have fields; say the rest in a rule of its own.",
                    )
                return replace(rule, when=self.predicate(rule.when))
            case Hide():
                self._fields(rule.fields)
                self._to(rule.but)
                return rule
            case _:
                raise self._mistake(
                    "policy-rule", f"has {rule!r:.60} for a rule.", "Write mh.allow(…) or mh.hide(…)."
                )

    def predicate(self, predicate: Any) -> Predicate:
        match predicate:
            case Always() | Never():
                return predicate
            case IsOwn() | IsIn():
                if self.is_inner:
                    raise self._mistake(
                        "policy-inner",
                        "asks who owns an entry that it refers to, or what state that is in.",
                        "mh.is_own, mh.is_live … speak of the entry itself: say them outside of `some`.",
                    )
                return predicate
            case AllOf(parts=parts):
                return AllOf(tuple(self.predicate(each) for each in parts))
            case AnyOf(parts=parts):
                return AnyOf(tuple(self.predicate(each) for each in parts))
            case Not(part=part):
                return Not(self.predicate(part))
            case Some(path=path, condition=condition):
                return Some(path, self._inside(path).predicate(condition))
            case Compare():
                return self._compare(predicate)
            case _:
                raise self._mistake(
                    "policy-when",
                    f"has {predicate!r:.60} for a predicate.",
                    'Write one such as mh.is_own or mh.this.status == "done".',
                )

    def _inside(self, path: Path) -> "_Checker":
        led = self._lead(path)
        if not isinstance(led.kind, kinds.References):
            raise self._mistake(
                "policy-path",
                f"asks some of {'.'.join(path)}, which is no list of references.",
                "Compare its value: `==`, `is_in`, `has`.",
            )
        return replace(self, content_type=self.model[led.kind.target], is_inner=True)

    def _compare(self, compare: Compare) -> Compare:
        led = self._lead(compare.path)
        name, known = f"{led.owner.name}.{led.name}", operators_of(led.kind)
        if compare.operator not in known:
            raise self._mistake(
                "policy-operator",
                f"compares {name} by {compare.operator}.",
                f"It can be compared by {', '.join(known)}." if known else "Use `some`, `none` or `every`.",
            )
        return replace(compare, operand=self._operand(compare, led, name))

    def _operand(self, compare: Compare, led: Led, name: str) -> Operand:
        kind = led.kind.item if isinstance(led.kind, kinds.Scalars) else led.kind
        is_several = compare.operator in ("in", "has_any")
        match compare.operand:
            case Me() | MyGroups() as operand:
                if isinstance(operand, MyGroups) is not is_several or not isinstance(kind, kinds.Text):
                    raise self._mistake(
                        "policy-value",
                        f"compares {name} with {'mh.my_groups' if is_several else 'mh.me'} in the wrong way.",
                        "mh.me is a text, mh.my_groups several: `this.editor == mh.me`, "
                        "`this.team.is_in(mh.my_groups)`.",
                    )
                return operand
            case Constant(value=value) if compare.operator == "is_null":
                return Constant(value)
            case Constant(value=value):
                if isinstance(value, tuple) is not is_several:
                    raise self._mistake(
                        "policy-value",
                        f"compares {name} with {value!r:.60}.",
                        "Pass a list of values." if is_several else "Pass one value.",
                    )
                if isinstance(value, tuple):
                    return Constant(tuple(self._constant(kind, each, name) for each in value))
                return Constant(self._constant(kind, value, name))
            case _:
                assert_never(compare.operand)

    def _constant(self, kind: kinds.Kind | None, value: Any, name: str) -> Any:
        try:
            return constant(kind, value)
        except UnfitError as error:
            raise self._mistake(
                "policy-value", f"compares {name} with {value!r:.60}.", f"It is {error}."
            ) from error

    def _lead(self, path: Path) -> Led:
        try:
            return lead(self.model, self.content_type, path)
        except AstrayError as error:
            raise self._mistake("policy-path", f"has a policy: {error.message}", error.remedy) from error

    def _fields(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.content_type:
                listed = ", ".join(field.name for field in self.content_type.fields)
                raise self._mistake(
                    "policy-field", f'has no field "{name}", of which a policy speaks.', f"It has {listed}."
                )

    def _to(self, grantees: Iterable[Any]) -> None:
        for each in grantees:
            if not isinstance(each, Grantee.__origin__):  # type: ignore[attr-defined]  # Annotated[union]
                raise self._mistake(
                    "policy-to",
                    f"gives something to {each!r:.60}.",
                    'Name a role ("editor"), mh.anyone, mh.signed_in or mh.group("press").',
                )

    def _mistake(self, code: str, message: str, remedy: str) -> ModelError:
        return _mistake(code, self.place, message, remedy)
