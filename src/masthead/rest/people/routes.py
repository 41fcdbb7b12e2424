"""Which door answers what: one table, which the OpenAPI document and the test of authorisation read too."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from masthead.people import People
from masthead.rest.address import ROOT
from masthead.rest.people.account_door import AccountDoor, NewPassword, Rename
from masthead.rest.people.accounts_door import AccountsDoor, ChangedAccount, NewAccount
from masthead.rest.people.audit_door import AuditDoor
from masthead.rest.people.door import Answer, Body
from masthead.rest.people.groups_door import ChangedGroup, GroupsDoor, NewGroup
from masthead.rest.people.same_origin import Origins
from masthead.rest.people.session_door import SessionDoor, SignIn, UseLink
from masthead.rest.people.tokens_door import NewToken, TokensDoor

Who = Literal["anyone", "known", "person", "owner"]
"""Who may use a door: anyone, whoever has an account, somebody with a session, an owner."""


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path, whose `{…}` are handed to the door by position."""

    method: str
    path: str
    who: Who
    name: str
    handle: Callable[..., Awaitable[Answer]]
    takes: type[Body] | None = None
    status: int = 200

    def match(self, path: str) -> list[str] | None:
        """What stands at the `{…}` of the path; None where it is another."""
        own, given = self.path.split("/"), path.split("/")
        if len(own) != len(given):
            return None
        pairs = list(zip(own, given, strict=True))
        if any(mine != theirs for mine, theirs in pairs if not mine.startswith("{")):
            return None
        return [theirs for mine, theirs in pairs if mine.startswith("{")]

    @property
    def summary(self) -> str:
        """What the door says of itself."""
        return (self.handle.__doc__ or "").strip().split("\n")[0]


def routes(people: People, origins: Origins) -> list[Route]:
    """All doors."""
    return [
        Route(method, f"{ROOT}{path}", who, *rest)
        for method, path, who, *rest in (
            *_own(people, origins),
            *_accounts(people, origins),
            *_groups(people),
            *_audit(people),
        )
    ]


Row = tuple[Any, ...]


def _own(people: People, origins: Origins) -> Iterator[Row]:
    session, account, tokens = SessionDoor(people, origins), AccountDoor(people), TokensDoor(people)
    yield "POST", "/session", "anyone", "signIn", session.sign_in, SignIn
    yield "GET", "/session", "known", "getSession", session.show
    yield "DELETE", "/session", "anyone", "signOut", session.sign_out, None, 204
    yield "POST", "/session/link", "anyone", "useLink", session.use_link, UseLink
    yield "GET", "/account", "known", "getOwnAccount", account.show
    yield "PATCH", "/account", "person", "renameOwnAccount", account.rename, Rename
    yield "PUT", "/account/password", "person", "changePassword", account.change_password, NewPassword, 204
    yield "GET", "/account/sessions", "person", "listSessions", account.sessions
    yield "DELETE", "/account/sessions", "person", "endSessions", account.end_sessions, None, 204
    yield "DELETE", "/account/sessions/{session}", "person", "endSession", account.end_session, None, 204
    yield "GET", "/tokens", "person", "listTokens", tokens.list
    yield "POST", "/tokens", "person", "createToken", tokens.create, NewToken, 201
    yield "DELETE", "/tokens/{token}", "person", "revokeToken", tokens.revoke, None, 204


def _accounts(people: People, origins: Origins) -> Iterator[Row]:
    door = AccountsDoor(people, origins)
    yield "GET", "/accounts", "owner", "listAccounts", door.list
    yield "POST", "/accounts", "owner", "createAccount", door.create, NewAccount, 201
    yield "GET", "/accounts/{account}", "owner", "getAccount", door.show
    yield "PATCH", "/accounts/{account}", "owner", "changeAccount", door.change, ChangedAccount
    yield "POST", "/accounts/{account}/link", "owner", "createLink", door.link, None, 201
    yield "POST", "/accounts/{account}/suspend", "owner", "suspendAccount", door.suspend
    yield "POST", "/accounts/{account}/restore", "owner", "restoreAccount", door.restore


def _groups(people: People) -> Iterator[Row]:
    door = GroupsDoor(people)
    member = "/groups/{group}/members/{account}"
    yield "GET", "/groups", "owner", "listGroups", door.list
    yield "POST", "/groups", "owner", "createGroup", door.create, NewGroup, 201
    yield "PATCH", "/groups/{group}", "owner", "changeGroup", door.change, ChangedGroup
    yield "DELETE", "/groups/{group}", "owner", "deleteGroup", door.delete, None, 204
    yield "PUT", member, "owner", "putMember", door.put
    yield "DELETE", member, "owner", "takeMember", door.take


def _audit(people: People) -> Iterator[Row]:
    door = AuditDoor(people)
    yield "GET", "/audit", "owner", "listAudit", door.list
    yield "GET", "/audit/export", "owner", "exportAudit", door.export
