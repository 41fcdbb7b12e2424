"""Who asks."""

from dataclasses import dataclass, field
from typing import Literal, get_args
from uuid import UUID

Action = Literal["read", "create", "change", "publish", "delete", "administer"]
"""What policies speak of. `publish` covers unpublishing and scheduling, `delete` archiving too."""

ACTIONS: tuple[Action, ...] = get_args(Action)

OWNER, EDITOR, AUTHOR = "owner", "editor", "author"
"""The roles that every publication has. A policy may speak of others."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: an account with its roles (its own and its groups'), or nobody who is known.

    `scopes` are those of an API token, each an action ("publish") or an action on one type
    ("change:Post"); None is not limited. `is_platform` is the platform itself: import, schedule, command
    line; it may do everything.
    """

    account: UUID | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    groups: frozenset[str] = field(default_factory=frozenset)
    scopes: frozenset[str] | None = None
    token: UUID | None = None
    is_platform: bool = False

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody is signed in."""
        return self.account is None and not self.is_platform

    def is_in_scope(self, action: Action, type_name: str | None = None) -> bool:
        """Whether the token that is used, if one is, may do that at all."""
        if self.scopes is None:
            return True
        return action in self.scopes or (type_name is not None and f"{action}:{type_name}" in self.scopes)


ANONYMOUS = Viewer()
PLATFORM = Viewer(is_platform=True)
