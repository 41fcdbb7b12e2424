"""Values of an entry: its fields, and the entries and blocks that they lead to."""

from dataclasses import dataclass
from typing import Literal

from masthead.query.selection.member import Members


@dataclass(frozen=True, slots=True)
class TypeName:
    """The name of the object's type, known before any row is read."""

    name: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """JSON that was made elsewhere, such as the answer to an introspection."""

    json: bytes


@dataclass(frozen=True, slots=True)
class Scalar:
    """A field that is one value: a system field or one of the model.

    `names` says how the front door calls an enumeration's values: pairs of (stored, called).
    """

    field: str
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Computed:
    """A field that a function of content.py computes; `names` as in Scalar."""

    field: str
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MarkdownObject:
    """A Markdown field: its source and what was rendered from it."""

    field: str
    members: Members = ()


MarkdownPart = Literal["source", "html", "text", "excerpt", "minutes"]


@dataclass(frozen=True, slots=True)
class Part:
    """One text (or the reading time) of a Markdown field; only inside a MarkdownObject."""

    name: MarkdownPart


@dataclass(frozen=True, slots=True)
class Headings:
    """The table of contents; only inside a MarkdownObject."""

    members: Members = ()


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """One value of a heading; only inside Headings."""

    name: Literal["level", "id", "text"]


@dataclass(frozen=True, slots=True)
class One:
    """The entry that a reference leads to."""

    field: str
    members: Members = ()


@dataclass(frozen=True, slots=True)
class Many:
    """The entries of an ordered list of references, in its order."""

    field: str
    members: Members = ()


@dataclass(frozen=True, slots=True)
class Blocks:
    """A list of blocks, in its order; the members to give for each type of block."""

    field: str
    variants: tuple[tuple[str, Members], ...] = ()
