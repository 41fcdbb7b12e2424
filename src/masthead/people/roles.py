"""Names of roles and groups, and the lock under which it is decided who is an owner."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from masthead.access import OWNER
from masthead.kernel import ConflictError, InputError, Place
from masthead.store import Transaction

_ROLE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_LOCK = 0x50656F70  # "Peop"
LONGEST_NAME = 200
_NON_JOINER, _JOINER = "\u200c", "\u200d"  # Persian names have the first, people at work the second
MOST_ROLES = 50


def read_roles(roles: Sequence[str]) -> list[str]:
    """Roles in order, each once. Policies give them their meaning; any well-formed name is one.

    Raises InputError.
    """
    for role in roles:
        if not _ROLE.fullmatch(role):
            raise InputError(
                "role-invalid",
                f"{role[:100]!r} is no name of a role.",
                "It has small letters, digits, - and _, and begins with a letter: owner, editor, author.",
                Place(path="roles"),
            )
    if len(set(roles)) > MOST_ROLES:
        raise InputError("role-invalid", f"These are more than {MOST_ROLES} roles.", "", Place(path="roles"))
    return sorted(set(roles))


def read_name(name: str, path: str = "name") -> str:
    """A name of a person, group or token, without what cannot be seen. Raises InputError."""
    found = " ".join(name.split())
    seen = found.replace(_NON_JOINER, "").replace(_JOINER, "")
    if not seen or len(found) > LONGEST_NAME or not seen.isprintable():
        raise InputError(
            "name-invalid",
            f"{name[:100]!r} is no name.",
            f"A name has 1 to {LONGEST_NAME} characters, none of them invisible.",
            Place(path=path),
        )
    return found


async def lock_people(transaction: Transaction) -> None:
    """Let changes of who there is follow each other, until the transaction ends."""
    await transaction.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)


@asynccontextmanager
async def keeping_an_owner(transaction: Transaction) -> AsyncIterator[None]:
    """A change of who may do what. Raises ConflictError where nobody would be left who administers."""
    await lock_people(transaction)
    had_owner = await _has_owner(transaction)
    yield
    if had_owner and not await _has_owner(transaction):
        raise ConflictError(
            "last-owner", "Then nobody would be an owner.", "Make somebody else an owner first."
        )


async def _has_owner(transaction: Transaction) -> bool:
    found = await transaction.fetch_value(
        "SELECT EXISTS (SELECT FROM masthead.account a WHERE a.suspended_at IS NULL "
        "AND a.password IS NOT NULL AND ($1 = ANY(a.roles) "
        "OR EXISTS (SELECT FROM masthead.membership m JOIN masthead.account_group g ON g.id = m.group_id "
        "WHERE m.account_id = a.id AND $1 = ANY(g.roles))))",
        OWNER,
    )
    return bool(found)
