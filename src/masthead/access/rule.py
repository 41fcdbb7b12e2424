"""Who may do what, as content.py says it beside its types: `mh.policies(Post, mh.allow(…), …)`."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Discriminator

from masthead.access.predicate import ALWAYS, Predicate
from masthead.access.viewer import Action
from masthead.kernel import ModelError, Place
from masthead.model import Entry, declare


@dataclass(frozen=True, slots=True)
class Anyone:
    """Everybody, also who is not signed in."""

    kind: Literal["anyone"] = "anyone"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Every account, whatever its roles."""

    kind: Literal["signed_in"] = "signed_in"


@dataclass(frozen=True, slots=True)
class Role:
    """Accounts that have this role, or are in a group that has it."""

    name: str
    kind: Literal["role"] = "role"


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts in the group of this name."""

    name: str
    kind: Literal["group"] = "group"


Grantee = Annotated[Anyone | SignedIn | Role | Group, Discriminator("kind")]

anyone, signed_in = Anyone(), SignedIn()


def group(name: str) -> Group:
    """The accounts in a group."""
    return Group(name)


@dataclass(frozen=True, slots=True)
class Allow:
    """`to` may do `actions` to the entries for which `when` holds: to all their fields, or to these."""

    actions: tuple[Action, ...]
    to: tuple[Grantee, ...]
    when: Predicate = ALWAYS
    fields: tuple[str, ...] | None = None
    kind: Literal["allow"] = "allow"


@dataclass(frozen=True, slots=True)
class Hide:
    """Nobody but `but` (and owners) reads or changes these fields, whatever else allows it."""

    fields: tuple[str, ...]
    but: tuple[Grantee, ...] = ()
    kind: Literal["hide"] = "hide"


Rule = Annotated[Allow | Hide, Discriminator("kind")]

To = str | Anyone | SignedIn | Role | Group
"""A role is told by its name."""


def allow(
    *actions: Action,
    to: To | Iterable[To],
    when: Predicate = ALWAYS,
    fields: Iterable[str] | None = None,
) -> Allow:
    """Let somebody do something: `mh.allow("read", "change", to="author", when=mh.is_own)`.

    `actions` are read, create, change, publish (and unpublish, and schedule), delete (and archive). `to` is
    a role, `mh.anyone`, `mh.signed_in`, `mh.group("press")`, or several of them. `when` says to which
    entries, `fields` to which of their fields: without it, to all. Rules add up: what one of them allows is
    allowed.
    """
    unknown = [each for each in actions if each not in get_args(Action)]
    if unknown or not actions:
        said = f'"{unknown[0]}" is no action.' if unknown else "A rule allows nothing."
        raise ModelError("policy-action", said, f"There are {', '.join(get_args(Action))}.")
    return Allow(actions, _grantees(to), when, None if fields is None else _names(fields))


def hide(*fields: str, but: To | Iterable[To] = ()) -> Hide:
    """Keep fields from everybody but a few: `mh.hide("internal_notes", but="legal")`. To those few they are
    fields like the others: what they may read and change, the rules of `mh.allow` say."""
    return Hide(_names(fields), _grantees(but))


@dataclass(frozen=True, slots=True)
class Declared:
    """What content.py says of one type, and where."""

    type: str
    rules: tuple[Rule, ...]
    place: Place


def policies(content_type: type[Entry], *rules: Rule) -> Declared:
    """Say who may do what with the entries of a type. It takes the place of the default policies of this
    type; owners may do everything all the same."""
    caller = sys._getframe(1)  # noqa: SLF001 - where it is called is what an error must name
    place = Place(file=caller.f_code.co_filename, line=caller.f_lineno, path=content_type.__name__)
    declared = Declared(content_type.__name__, rules, place)
    declare(declared)
    return declared


def _grantees(to: To | Iterable[To]) -> tuple[Grantee, ...]:
    several = [to] if isinstance(to, str | Anyone | SignedIn | Role | Group) else [*to]
    return tuple(Role(each) if isinstance(each, str) else each for each in several)


def _names(fields: str | Iterable[str]) -> tuple[str, ...]:
    return (fields,) if isinstance(fields, str) else tuple(fields)
