"""All of people, put together: what the API process and the command line work with."""

from collections.abc import Callable, Collection
from datetime import datetime

from masthead.kernel import utc_now
from masthead.people.accounts import Accounts
from masthead.people.groups import Groups
from masthead.people.hashing import Passwords
from masthead.people.identity import Identity
from masthead.people.joining import Joining
from masthead.people.links import Links
from masthead.people.rules import Rules
from masthead.people.sessions import Sessions
from masthead.people.signing_in import SigningIn
from masthead.people.tokens import Tokens
from masthead.store import Database, Reader


class People:
    """Everybody of one publication. `types` are its content types, which scopes of tokens may name;
    `reader` looks up who sends a request, and reads the audit log: its statements do not take for ever."""

    def __init__(
        self,
        database: Database,
        types: Collection[str] = (),
        rules: Rules | None = None,
        passwords: Passwords | None = None,
        clock: Callable[[], datetime] = utc_now,
        reader: Reader | None = None,
    ) -> None:
        rules = rules or Rules()
        self.database = database
        self.rules = rules
        self.reader = reader or database.drafts
        self.passwords = passwords or Passwords()
        self.identity = Identity(database, rules, clock, reader)
        self.sessions = Sessions(database, rules, clock)
        self.accounts = Accounts(database, self.sessions, clock)
        self.groups = Groups(database, self.sessions, clock)
        self.tokens = Tokens(database, types, clock)
        self.signing_in = SigningIn(database, self.sessions, self.passwords, clock)
        self.links = links = Links(database, self.accounts, self.signing_in, self.passwords, rules, clock)
        self.joining = Joining(database, self.accounts, links, self.signing_in, self.passwords)

    def close(self) -> None:
        """Let the threads that hash go."""
        self.passwords.close()
