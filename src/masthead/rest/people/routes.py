"""Which door answers what: one table, which the OpenAPI document and the tests of authorisation read too."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from masthead.rest.address import ROOT
from masthead.rest.people.account_door import AccountDoor, NewPassword, Rename
from masthead.rest.people.accounts_door import AccountPage, AccountsDoor, ChangedAccount, NewAccount
from masthead.rest.people.audit_door import AuditDoor, AuditFilters, Wanted
from masthead.rest.people.door import Answer, Body
from masthead.rest.people.groups_door import ChangedGroup, GroupsDoor, NewGroup
from masthead.rest.people.session_door import SessionDoor, SignIn, UseLink
from masthead.rest.people.tokens_door import NewToken, TokensDoor

Door = SessionDoor | AccountDoor | TokensDoor | AccountsDoor | GroupsDoor | AuditDoor
Who = Literal["anyone", "known", "person", "owner"]
"""Who may use a door: anyone, whoever has an account, somebody with a session, an owner."""


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path, whose `{…}` are handed to the door by position. `gives` is the schema of the
    answer, `takes` that of the body, `asks` that of the query string."""

    method: str
    path: str
    who: Who
    name: str
    door: type[Door]
    handle: Callable[..., Awaitable[Answer]]
    gives: str | None
    takes: type[Body] | None = None
    asks: type[Body] | None = None
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
        return " ".join((self.handle.__doc__ or "").split())


def _route(method: str, path: str, who: Who, name: str, *rest: Any, **more: Any) -> Route:
    return Route(method, ROOT + path, who, name, *rest, **more)


_MEMBER = "/groups/{group}/members/{account}"
_S, _A, _T, _C, _G = SessionDoor, AccountDoor, TokensDoor, AccountsDoor, GroupsDoor

ROUTES = (
    _route("POST", "/session", "anyone", "signIn", _S, _S.sign_in, "entrance", SignIn),
    _route("GET", "/session", "known", "getSession", _S, _S.show, "viewer"),
    _route("DELETE", "/session", "anyone", "signOut", _S, _S.sign_out, None, status=204),
    _route("POST", "/session/link", "anyone", "useLink", _S, _S.use_link, "entrance", UseLink),
    _route("GET", "/account", "known", "getOwnAccount", _A, _A.show, "account"),
    _route("PATCH", "/account", "person", "renameOwnAccount", _A, _A.rename, "account", Rename),
    _route(
        "PUT", "/account/password", "person", "changePassword", _A, _A.change_password, None, NewPassword,
        status=204,
    ),
    _route("GET", "/account/sessions", "person", "listSessions", _A, _A.sessions, "sessions"),
    _route("DELETE", "/account/sessions", "person", "endSessions", _A, _A.end_sessions, None, status=204),
    _route(
        "DELETE", "/account/sessions/{session}", "person", "endSession", _A, _A.end_session, None, status=204
    ),
    _route("GET", "/tokens", "person", "listTokens", _T, _T.list, "tokens"),
    _route("POST", "/tokens", "person", "createToken", _T, _T.create, "newToken", NewToken, status=201),
    _route("DELETE", "/tokens/{token}", "person", "revokeToken", _T, _T.revoke, None, status=204),
    _route("GET", "/accounts", "owner", "listAccounts", _C, _C.list, "accounts", asks=AccountPage),
    _route("POST", "/accounts", "owner", "createAccount", _C, _C.create, "invited", NewAccount, status=201),
    _route("GET", "/accounts/{account}", "owner", "getAccount", _C, _C.show, "account"),
    _route(
        "PATCH", "/accounts/{account}", "owner", "changeAccount", _C, _C.change, "account", ChangedAccount
    ),
    _route("POST", "/accounts/{account}/link", "owner", "createLink", _C, _C.link, "link", status=201),
    _route("POST", "/accounts/{account}/suspend", "owner", "suspendAccount", _C, _C.suspend, "account"),
    _route("POST", "/accounts/{account}/restore", "owner", "restoreAccount", _C, _C.restore, "account"),
    _route("GET", "/groups", "owner", "listGroups", _G, _G.list, "groups"),
    _route("POST", "/groups", "owner", "createGroup", _G, _G.create, "group", NewGroup, status=201),
    _route("PATCH", "/groups/{group}", "owner", "changeGroup", _G, _G.change, "group", ChangedGroup),
    _route("DELETE", "/groups/{group}", "owner", "deleteGroup", _G, _G.delete, None, status=204),
    _route("PUT", _MEMBER, "owner", "putMember", _G, _G.put, "group"),
    _route("DELETE", _MEMBER, "owner", "takeMember", _G, _G.take, "group"),
    _route("GET", "/audit", "owner", "listAudit", AuditDoor, AuditDoor.list, "audit", asks=Wanted),
    _route(
        "GET", "/audit/export", "owner", "exportAudit", AuditDoor, AuditDoor.export, None, asks=AuditFilters
    ),
)  # fmt: skip
"""All doors."""
