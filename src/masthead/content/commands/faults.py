"""What one command of several would be refused with, as faults of all of them."""

from uuid import UUID

from masthead.content.commands.refusal import CommandRefusedError, Fault, SaveConflictError
from masthead.kernel import MastheadError


def faults_of(error: MastheadError, entry: UUID | None, number: int) -> list[Fault]:
    """The faults of an error, each with the command's number."""
    if isinstance(error, CommandRefusedError):
        return [Fault(each.entry, each.path, each.code, each.message, number) for each in error.faults]
    if isinstance(error, SaveConflictError):
        return [Fault(entry, each.path, error.code, error.message, number) for each in error.clashes]
    return [Fault(entry, "", error.code, error.message, number)]
