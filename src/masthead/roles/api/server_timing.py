"""The header Server-Timing (W3C): what a reply cost, for the developer tools of a browser.

It tells strangers how busy the database is and what was asked before: on at a desk, off in production.
"""

from time import perf_counter

from starlette.types import Scope

from masthead.graphql import PLAN
from masthead.store import Spent


def server_timing(scope: Scope, spent: Spent, start: float) -> tuple[bytes, bytes]:
    """The header of a reply whose head is about to leave; `start` is the request's `perf_counter()`."""
    parts = [f"total;dur={(perf_counter() - start) * 1000:.2f}"]
    count = spent.statements
    parts.append(
        f'sql;dur={spent.seconds * 1000:.2f};desc="{count} {"statement" if count == 1 else "statements"}"'
    )
    if (plan := scope.get(PLAN)) is not None:
        parts.append(f'plan;desc="{plan}"')
    if (outcome := scope["masthead.note"].cache) is not None:
        parts.append(f'cache;desc="{outcome}"')
    return b"server-timing", ", ".join(parts).encode()
