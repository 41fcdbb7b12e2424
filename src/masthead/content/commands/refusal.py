"""Why a command is not done: one error, a stable code, every path at fault at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from masthead.content.merging import Clash
from masthead.kernel import ConflictError, InputError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the entry, the path of the field ("sections.0.text", "" for the whole), a
    code and a sentence; in a bulk also the number of the command, from 0."""

    entry: UUID | None
    path: str
    code: str
    message: str
    command: int = 0


@dataclass(eq=False)
class CommandRefusedError(InputError):
    """The command cannot be done as it is; nothing of it was done. `missing` are the entries that must be
    published first or along."""

    faults: Sequence[Fault] = ()
    missing: Sequence[UUID] = ()


@dataclass(eq=False)
class SaveConflictError(ConflictError):
    """Both sides changed the same: nothing was saved. `head` is the revision that is in force; `merged` are
    the fields with every change that does not clash, theirs at the places that do."""

    entry: UUID | None = None
    head: UUID | None = None
    clashes: Sequence[Clash] = ()
    merged: Mapping[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class StaleBaseError(ConflictError):
    """The entry has changed since the revision that the command was made on. `head` is in force now."""

    entry: UUID | None = None
    head: UUID | None = None


def refused(faults: Sequence[Fault], missing: Sequence[UUID] = ()) -> CommandRefusedError:
    """The error that says all of them: with their code where they share one, or else "refused"."""
    codes = {each.code for each in faults}
    code = codes.pop() if len(codes) == 1 else "refused"
    first, *others = faults
    more = f" {len(others)} more {'fault' if len(others) == 1 else 'faults'} with it." if others else ""
    return CommandRefusedError(
        code,
        f"{first.message}{more}",
        REMEDIES.get(code, "Mend every place that `faults` names, and send the command again."),
        faults=tuple(faults),
        missing=tuple(missing),
    )


REMEDIES: Mapping[str, str] = {
    "reference-not-public": "Publish what is missing first, or along with it (`along`).",
    "address-taken": "Change the slug of one of the two.",
    "address-reserved": "Choose another slug.",
    "held": "Take the references away first, or do the same to those entries.",
    "not-public": "There is nothing to unpublish.",
    "archived": "Unarchive it first.",
    "not-archived": "Archive it first.",
    "needed": "Save it with what it shall say.",
}
"""What to do, by code; anything else has to be mended where the faults say."""
