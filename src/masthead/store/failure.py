"""The driver's errors become errors of the house: what clients may see, and what only the log gets."""

import asyncpg

from masthead.kernel import MastheadError, UnavailableError

FAILURES = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""Whatever the driver raises when a statement does not run."""

_GONE = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
)


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
    if isinstance(error, _GONE):
        return UnavailableError(
            "database-unavailable", "The database does not answer.", "Try again in a moment.", context=context
        )
    return MastheadError(
        "database-error", "The database refused the operation.", "The server's log says why.", context=context
    )
