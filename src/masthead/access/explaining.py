"""Why a viewer may do something to an entry, or not: each rule that speaks of it, and each of its parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from masthead.access.evaluate import Evaluator, PlainEntry
from masthead.access.predicate import AllOf, AnyOf, Compare, Not, Predicate
from masthead.access.rule import Allow, Hide
from masthead.access.spelling import spell_predicate, spell_rule
from masthead.access.viewer import Action


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether an action is allowed, the fields that it is not allowed for, and why, a line a fact."""

    is_allowed: bool
    but: tuple[str, ...]
    reasons: tuple[str, ...]


def explain_access(evaluator: Evaluator, action: Action, entry: PlainEntry) -> Explanation:
    """Why the viewer may do it to the entry, or not."""
    is_allowed = evaluator.may(action, entry)
    fields = [field.name for field in evaluator.model[entry.type].fields]
    has_fields = is_allowed and action in ("read", "create", "change")
    but = [name for name in fields if has_fields and not evaluator.may(action, entry, name)]
    return Explanation(is_allowed, tuple(but), tuple(_reasons(evaluator, action, entry)))


def _reasons(evaluator: Evaluator, action: Action, entry: PlainEntry) -> Iterator[str]:
    if not evaluator.viewer.is_in_scope(action, entry.type):
        yield f"The token has no scope for {action}."
        if action != "read":
            return
    elif evaluator.is_almighty:
        yield "Owners may do everything."
        return
    rules = evaluator.policies.rules(entry.type)
    about = [rule for rule in rules if isinstance(rule, Allow) and action in rule.actions]
    if not about:
        yield f"No rule of {entry.type} lets anybody {action}; owners may."
    for rule in about:
        if not evaluator.applies(rule, action):
            yield f"-    {spell_rule(rule)}: the viewer is none of these"
            continue
        yield f"{'yes ' if evaluator.lets(rule, entry) else 'no  '} {spell_rule(rule)}"
        if entry.state != "archived":
            yield from _parts(evaluator, rule.when, entry, "     ")
    for hiding in rules:
        if isinstance(hiding, Hide) and action in ("read", "change") and not evaluator.is_to(hiding.but):
            yield f"no   {spell_rule(hiding)}: the viewer is none of these"


def _parts(evaluator: Evaluator, predicate: Predicate, entry: PlainEntry, indent: str) -> Iterator[str]:
    """What a predicate is made of, each with whether it holds; comparisons with the value that they met."""
    match predicate:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            inner = parts
        case Not(part=part) if isinstance(part, AllOf | AnyOf):
            inner = (part,)
        case Compare(path=path) | Not(part=Compare(path=path)):
            yield f"{indent}     {'.'.join(path)} is {_shown(evaluator.value(path, entry))}"
            return
        case _:
            return
    for part in inner:
        yield f"{indent}{_mark(evaluator, part, entry)} {spell_predicate(part)}"
        yield from _parts(evaluator, part, entry, indent + "     ")


def _mark(evaluator: Evaluator, predicate: Predicate, entry: PlainEntry) -> str:
    return "yes " if evaluator.holds(predicate, entry) else "no  "


def _shown(value: object) -> str:
    text = "not there" if value is None else repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
