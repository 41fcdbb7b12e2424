"""A predicate with what is known put in: less of it, or nothing but ALWAYS or NEVER."""

from collections.abc import Iterable
from typing import Literal, assert_never

from masthead.access.predicate import (
    ALWAYS,
    NEVER,
    AllOf,
    Always,
    AnyOf,
    Compare,
    IsIn,
    IsOwn,
    Me,
    MyGroups,
    Never,
    Not,
    Predicate,
    Some,
)

Reading = Literal["live", "draft"]


def fold(predicate: Predicate, *, is_anonymous: bool = False, stage: Reading | None = None) -> Predicate:
    """The predicate for a viewer, who owns nothing and is in no group where nobody is signed in, and for the
    rows of a stage: in `live` everything is, in `draft` nothing is archived."""
    match predicate:
        case Always() | Never():
            return predicate
        case IsOwn():
            return NEVER if is_anonymous else predicate
        case IsIn(state=state):
            if stage == "live":
                return ALWAYS if state == "live" else NEVER
            return NEVER if stage == "draft" and state == "archived" else predicate
        case Compare(operand=operand):
            return NEVER if is_anonymous and isinstance(operand, Me | MyGroups) else predicate
        case Some(path=path, condition=condition):
            inner = fold(condition, is_anonymous=is_anonymous, stage=stage)
            return NEVER if inner == NEVER else Some(path, inner)
        case Not(part=part):
            return negate(fold(part, is_anonymous=is_anonymous, stage=stage))
        case AllOf(parts=parts):
            return all_of(fold(each, is_anonymous=is_anonymous, stage=stage) for each in parts)
        case AnyOf(parts=parts):
            return any_of(fold(each, is_anonymous=is_anonymous, stage=stage) for each in parts)
        case _:
            assert_never(predicate)


def without_fields(predicate: Predicate, *, is_negated: bool = False) -> Predicate:
    """What is certain of the predicate where the entry's fields are not known: it holds for no entry for
    which the predicate does not."""
    match predicate:
        case Compare() | Some():
            return ALWAYS if is_negated else NEVER
        case Not(part=part):
            return negate(without_fields(part, is_negated=not is_negated))
        case AllOf(parts=parts):
            return all_of(without_fields(each, is_negated=is_negated) for each in parts)
        case AnyOf(parts=parts):
            return any_of(without_fields(each, is_negated=is_negated) for each in parts)
        case _:
            return predicate


def negate(predicate: Predicate) -> Predicate:
    """The opposite."""
    match predicate:
        case Always():
            return NEVER
        case Never():
            return ALWAYS
        case Not(part=part):
            return part
        case _:
            return Not(predicate)


def all_of(predicates: Iterable[Predicate]) -> Predicate:
    """All of them hold."""
    parts = dict.fromkeys(each for each in predicates if each != ALWAYS)
    if NEVER in parts:
        return NEVER
    return next(iter(parts)) if len(parts) == 1 else AllOf(tuple(parts)) if parts else ALWAYS


def any_of(predicates: Iterable[Predicate]) -> Predicate:
    """One of them holds."""
    parts = dict.fromkeys(each for each in predicates if each != NEVER)
    if ALWAYS in parts:
        return ALWAYS
    return next(iter(parts)) if len(parts) == 1 else AnyOf(tuple(parts)) if parts else NEVER
