"""People: accounts, groups, sessions, API tokens, and how each proves who it is."""

from masthead.people.account import Account
from masthead.people.client import Client
from masthead.people.devices import LASTS as DEVICE_LASTS
from masthead.people.expiry import forget_expired
from masthead.people.groups import Group
from masthead.people.hashing import Passwords
from masthead.people.identity import Identity, SignedIn
from masthead.people.links import Filled, Link
from masthead.people.people import People
from masthead.people.rules import Rules
from masthead.people.sessions import NewSession, Session
from masthead.people.signing_in import Entrance, Known
from masthead.people.tokens import LASTS as TOKEN_LASTS
from masthead.people.tokens import NewToken, Token

__all__ = [
    "DEVICE_LASTS",
    "TOKEN_LASTS",
    "Account",
    "Client",
    "Entrance",
    "Filled",
    "Group",
    "Identity",
    "Known",
    "Link",
    "NewSession",
    "NewToken",
    "Passwords",
    "People",
    "Rules",
    "Session",
    "SignedIn",
    "Token",
    "forget_expired",
]
