"""Why a command is not done: one error, a stable code, every path at fault at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from masthead.kernel import ConflictError, InputError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the entry, the path of the field ("sections.0.text", "" for the whole), a
    code and a sentence."""

    entry: UUID | None
    path: str
    code: str
    message: str


@dataclass(eq=False)
class CommandRefusedError(InputError):
    """The command cannot be done as it is; nothing of it was done. `missing` are the entries that must be
    published first or along."""

    faults: Sequence[Fault] = ()
    missing: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both sides changed, each otherwise: values as JSON."""

    path: str
    base: Any
    theirs: Any
    yours: Any


@dataclass(eq=False)
class SaveConflictError(ConflictError):
    """Both sides changed the same: nothing was saved. `head` is the revision that is in force; `merged` are
    the fields with every change that does not clash, theirs at the places that do."""

    entry: UUID | None = None
    head: UUID | None = None
    clashes: Sequence[Clash] = ()
    merged: Mapping[str, Any] = field(default_factory=dict)
