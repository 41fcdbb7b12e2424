"""Answers that are kept in memory: pages, GraphQL, REST; never older than the last acknowledged change."""

from masthead.roles.api.caching.cdn import Cdn
from masthead.roles.api.caching.doorkeeper import Doorkeeper
from masthead.roles.api.caching.fills import DEPENDS, FILL, Fills
from masthead.roles.api.caching.freshness import Freshness, is_good
from masthead.roles.api.caching.kept_answer import KeptAnswer
from masthead.roles.api.caching.kept_api import Keeping, KeptApi
from masthead.roles.api.caching.memory import Filling, Memory, Outcome

__all__ = [
    "DEPENDS",
    "FILL",
    "Cdn",
    "Doorkeeper",
    "Filling",
    "Fills",
    "Freshness",
    "Keeping",
    "KeptAnswer",
    "KeptApi",
    "Memory",
    "Outcome",
    "is_good",
]
