"""People: accounts, groups, sessions, API tokens, and how each proves who it is."""

from masthead.people.identity import Identity, SignedIn
from masthead.people.rules import Rules

__all__ = ["Identity", "Rules", "SignedIn"]
