"""The driver's errors become errors of the house: what clients may see, and what only the log gets."""

import asyncpg

from masthead.kernel import ConflictError, InputError, MastheadError, UnavailableError

FAILURES = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""Whatever the driver raises when a statement does not run. The last one also when the server ends a session
in which nothing was under way."""

CONNECTING = 10.0
"""Seconds that a connection may take to be made. Who is not answered by then asks again: a server that went
away in the middle may never say so."""

_GONE = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
)


def is_taken(error: Exception) -> bool:
    """Whether a value that must be unique was somebody else's when it was written."""
    return isinstance(error, asyncpg.UniqueViolationError)


def failure(error: Exception) -> MastheadError:
    """What to raise instead of one of FAILURES."""
    context = {"error": type(error).__name__, "detail": str(error)}
    if isinstance(error, asyncpg.QueryCanceledError):
        return UnavailableError(
            "statement-timeout",
            "The database was not done within the time that an operation may take.",
            "Ask for less at once, or try again.",
            context=context,
        )
    if (refusal := _refusal(error, context)) is not None:
        return refusal
    if isinstance(error, _GONE):
        return UnavailableError(
            "database-unavailable", "The database does not answer.", "Try again in a moment.", context=context
        )
    return MastheadError(
        "database-error", "The database refused the operation.", "The server's log says why.", context=context
    )


def _refusal(error: Exception, context: dict[str, str]) -> MastheadError | None:
    """What the values of a write were refused for."""
    match error:
        case asyncpg.UniqueViolationError():
            return ConflictError(
                "value-taken",
                f'A value that must be unique is taken ("{error.constraint_name}").',
                "Choose another address or slug.",
                context=context,
            )
        case asyncpg.ProgramLimitExceededError():
            return InputError(
                "value-too-long",
                "A value is longer than the database can sort or search by.",
                "Shorten the field that entries are sorted by, or the slug.",
                context=context,
            )
        case asyncpg.DeadlockDetectedError() | asyncpg.SerializationError():
            return UnavailableError(
                "busy", "Another change came in between.", "Try again; nothing was done.", context=context
            )
        case _:
            return None
