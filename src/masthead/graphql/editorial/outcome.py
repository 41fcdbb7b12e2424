"""What a mutation answers: what the command told, and the entries as they are now, in one statement."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson

from masthead.content.commands import Changed, Outcome
from masthead.content.spelling import Told
from masthead.query import selection as select

_NOBODY = UUID(int=0)


def stand_in(type_name: str) -> Outcome:
    """An outcome to plan with before there is one."""
    return Outcome((Changed(_NOBODY, type_name, _NOBODY, 1, None, "draft"),), release=_NOBODY)


def shown_outcome(members: select.Members, outcome: Outcome, told: Told) -> select.Frame:
    """The payload whose `members` were asked for, once the outcome is known."""
    changes = [told.changed(each) | {"state": each.state.upper()} for each in outcome.entries]
    whole = {
        **(changes[0] if changes else {}),
        "schedule": _id(outcome.schedule),
        "isRepeated": outcome.is_repeated,
        "detail": dict(outcome.detail),
    }
    return select.Frame(
        tuple(select.Member(each.key, _value(each.value, whole, changes, outcome)) for each in members)
    )


def _value(
    value: select.Value, told: Mapping[str, Any], changes: list[dict[str, Any]], outcome: Outcome
) -> select.Value:
    match value:
        case select.TypeName():
            return value
        case select.RegisteredValue(name=name):
            return select.Embedded(orjson.dumps(told[name], default=str))
        case select.Only(type=type_name, members=members):
            return select.Lookup(type_name, "id", select.Given(told["id"]), members)
        case select.RegisteredEntry(variants=variants):
            own = tuple(each for each in variants if each[0] == told["type"])
            return select.AnyEntry(select.Given(told["id"]), own)
        case select.RegisteredRow(members=members):
            if outcome.release is None:
                return select.Embedded(b"null")
            return select.RegisteredRow("release", members, select.Given(str(outcome.release)))
        case select.RegisteredRows(members=members):
            return select.Frames(tuple(_change(members, each, outcome) for each in changes))
        case _:
            raise AssertionError(f"{value} is no part of a payload")


def _change(members: select.Members, told: dict[str, Any], outcome: Outcome) -> select.Frame:
    return select.Frame(
        tuple(select.Member(each.key, _value(each.value, told, [], outcome)) for each in members)
    )


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)
