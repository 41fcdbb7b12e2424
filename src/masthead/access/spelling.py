"""Rules and predicates as content.py writes them, for people who want to know which one decides."""

import json
from typing import assert_never

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
from masthead.access.rule import Allow, Anyone, Grantee, Group, Hide, Role, Rule, SignedIn

_SIGNS = {"eq": "==", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
_METHODS = {"in": "is_in", "has": "has", "has_any": "has_any", "starts_with": "starts_with"}


def spell_rule(rule: Rule) -> str:
    """The rule, without the `mh.` before its words."""
    match rule:
        case Allow(actions=actions, to=to, when=when, fields=fields):
            parts = [*map(json.dumps, actions), f"to={_to(to)}"]
            if not isinstance(when, Always):
                parts.append(f"when={spell_predicate(when)}")
            if fields is not None:
                parts.append(f"fields={json.dumps([*fields])}")
            return f"allow({', '.join(parts)})"
        case Hide(fields=fields, but=but):
            return f"hide({', '.join([*map(json.dumps, fields), *([f'but={_to(but)}'] if but else [])])})"
        case _:
            assert_never(rule)


def spell_predicate(predicate: Predicate, *, is_inner: bool = False) -> str:
    """The predicate; in parentheses where it `is_inner` and needs them."""
    match predicate:
        case Always():
            return "always"
        case Never():
            return "never"
        case IsOwn():
            return "is_own"
        case IsIn(state=state):
            return f"is_{state}"
        case Not(part=Compare(operator="eq", path=path, operand=operand)):
            return _bracketed(f"{_path(path)} != {_operand(operand)}", is_inner=is_inner)
        case Not(part=part):
            return f"~{spell_predicate(part, is_inner=True)}"
        case AllOf(parts=parts) | AnyOf(parts=parts):
            word = " & " if isinstance(predicate, AllOf) else " | "
            spelled = word.join(spell_predicate(each, is_inner=True) for each in parts)
            return _bracketed(spelled, is_inner=is_inner)
        case Some(path=path, condition=condition):
            return f"{_path(path)}.some({spell_predicate(condition)})"
        case Compare(path=path, operator="is_null"):
            return f"{_path(path)}.is_null()"
        case Compare(path=path, operator=operator, operand=operand) if operator in _SIGNS:
            return _bracketed(f"{_path(path)} {_SIGNS[operator]} {_operand(operand)}", is_inner=is_inner)
        case Compare(path=path, operator=operator, operand=operand):
            return f"{_path(path)}.{_METHODS[operator]}({_operand(operand)})"
        case _:
            assert_never(predicate)


def _bracketed(text: str, *, is_inner: bool) -> str:
    return f"({text})" if is_inner else text


def _path(path: Path) -> str:
    return ".".join(("this", *path))


def _operand(operand: Operand) -> str:
    match operand:
        case Me():
            return "me"
        case MyGroups():
            return "my_groups"
        case Constant(value=tuple(values)):
            return json.dumps([*values], ensure_ascii=False)
        case Constant(value=value):
            return json.dumps(value, ensure_ascii=False)
        case _:
            assert_never(operand)


def _to(grantees: tuple[Grantee, ...]) -> str:
    spelled = [_grantee(each) for each in grantees]
    return spelled[0] if len(spelled) == 1 else f"[{', '.join(spelled)}]"


def _grantee(grantee: Grantee) -> str:
    match grantee:
        case Anyone():
            return "anyone"
        case SignedIn():
            return "signed_in"
        case Role(name=name):
            return json.dumps(name)
        case Group(name=name):
            return f"group({json.dumps(name)})"
        case _:
            assert_never(grantee)
