"""Values at the root of an answer: entries by what they are known by, and objects that are always there."""

from dataclasses import dataclass

from masthead.query.selection.argument import Argument
from masthead.query.selection.member import Members


@dataclass(frozen=True, slots=True)
class Lookup:
    """The entry of `type` whose unique `field` has the given value."""

    type: str
    field: str
    value: Argument
    members: Members = ()


@dataclass(frozen=True, slots=True)
class Only:
    """The one entry of a singleton."""

    type: str
    members: Members = ()


@dataclass(frozen=True, slots=True)
class AnyEntry:
    """The entry with this id, whatever its content type; the members to give for each type."""

    id: Argument
    variants: tuple[tuple[str, Members], ...] = ()


@dataclass(frozen=True, slots=True)
class AnyEntries:
    """The entries with these ids, in their order, null for each that is not there. More than `most` ids
    are refused."""

    ids: Argument
    most: int
    variants: tuple[tuple[str, Members], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """An object at the root of an answer that is there whatever the tables hold; its members are those of
    an operation. It says what a command did."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class Frames:
    """A list of them."""

    frames: tuple[Frame, ...] = ()
