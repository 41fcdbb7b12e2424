"""What a policy says of an entry: true or false, never unknown. Frozen data that JSON can hold.

A comparison with a value that is not there is false; `~` is the exact opposite, so `this.status != "done"`
holds for an entry without a status. `path` leads through to-one references: ("author", "name"); what leads
nowhere is a value that is not there.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, NoReturn

from pydantic import Discriminator

from masthead.kernel import ModelError

Path = tuple[str, ...]

Operator = Literal["eq", "lt", "lte", "gt", "gte", "in", "has", "has_any", "starts_with", "is_null"]


Scalar = str | int | float | bool | None


class Combining:
    """`&`, `|` and `~` of predicates."""

    __slots__ = ()

    def __and__(self, other: "Predicate") -> "AllOf":
        return AllOf((_predicate(self), other))

    def __or__(self, other: "Predicate") -> "AnyOf":
        return AnyOf((_predicate(self), other))

    def __invert__(self) -> "Not":
        return Not(_predicate(self))

    def __bool__(self) -> NoReturn:
        raise ModelError(
            "policy-truth",
            "A predicate of a policy is neither true nor false before there is an entry.",
            "Write `&` for and, `|` for or, `~` for not, with each part in parentheses.",
        )


@dataclass(frozen=True, slots=True)
class Constant:
    """A value as JSON has it: dates, moments and decimals as text. Of `in` and `has_any` it is several."""

    value: Scalar | tuple[Scalar, ...]
    kind: Literal["constant"] = "constant"


@dataclass(frozen=True, slots=True)
class Me:
    """The id of the viewer's account, as text; nobody's where nobody is signed in."""

    kind: Literal["me"] = "me"


@dataclass(frozen=True, slots=True)
class MyGroups:
    """The names of the viewer's groups."""

    kind: Literal["my_groups"] = "my_groups"


Operand = Annotated[Constant | Me | MyGroups, Discriminator("kind")]


@dataclass(frozen=True, slots=True)
class Always(Combining):
    """Holds for every entry."""

    kind: Literal["always"] = "always"


@dataclass(frozen=True, slots=True)
class Never(Combining):
    """Holds for none."""

    kind: Literal["never"] = "never"


@dataclass(frozen=True, slots=True)
class IsOwn(Combining):
    """The viewer's account owns the entry: it made it."""

    kind: Literal["is_own"] = "is_own"


@dataclass(frozen=True, slots=True)
class IsIn(Combining):
    """The state of what is read or changed. live: its newest revision is the public one. draft: it is not.
    archived: it is in neither stage."""

    state: Literal["live", "draft", "archived"]
    kind: Literal["is_in"] = "is_in"


@dataclass(frozen=True, slots=True)
class Compare(Combining):
    """A field's value beside another one. The operand of `is_null` is a Constant of true."""

    path: Path
    operator: Operator
    operand: Operand
    kind: Literal["compare"] = "compare"


@dataclass(frozen=True, slots=True)
class Some(Combining):
    """One of the entries in the list of references at `path` fulfils the condition."""

    path: Path
    condition: "Predicate"
    kind: Literal["some"] = "some"


@dataclass(frozen=True, slots=True)
class AllOf(Combining):
    """Every part holds; true without parts."""

    parts: tuple["Predicate", ...]
    kind: Literal["all_of"] = "all_of"


@dataclass(frozen=True, slots=True)
class AnyOf(Combining):
    """One part holds; false without parts."""

    parts: tuple["Predicate", ...]
    kind: Literal["any_of"] = "any_of"


@dataclass(frozen=True, slots=True)
class Not(Combining):
    """The part does not hold."""

    part: "Predicate"
    kind: Literal["not"] = "not"


Predicate = Annotated[
    Always | Never | IsOwn | IsIn | Compare | Some | AllOf | AnyOf | Not, Discriminator("kind")
]

ALWAYS, NEVER = Always(), Never()


def _predicate(each: Any) -> Any:
    return each
