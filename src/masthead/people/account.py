"""What an account is to whoever may see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Account:
    """A person. `roles` are its own, `groups` the names of those it is in. `has_password` is False until
    an invitation is used."""

    id: UUID
    email: str
    name: str
    roles: tuple[str, ...]
    groups: tuple[str, ...]
    has_password: bool
    created_at: datetime
    suspended_at: datetime | None = None


COLUMNS = """a.id, a.email, a.name, a.roles, a.password IS NOT NULL AS has_password, a.created_at,
    a.suspended_at, ARRAY(SELECT g.name FROM masthead.membership m
        JOIN masthead.account_group g ON g.id = m.group_id
        WHERE m.account_id = a.id ORDER BY g.name) AS groups"""
"""What a statement selects of `masthead.account a`, for `read_account`."""


def read_account(row: dict[str, object]) -> Account:
    """An account from a row of COLUMNS."""
    values = {**row, "roles": tuple(row["roles"]), "groups": tuple(row["groups"])}  # type: ignore[arg-type]  # arrays
    return Account(**values)  # type: ignore[arg-type]  # as COLUMNS has them
