"""`/-/account`: who is signed in, the password, sessions and API tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from uuid import UUID

from masthead.access import ACTIONS
from masthead.kernel import MastheadError
from masthead.people import TOKEN_LASTS, Account, NewToken, Session, Token
from masthead.rest.people.pages.layout import Layout, field, problem_note


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows. `new` is a token that was just made, `error` what was wrong."""

    account: Account
    roles: Sequence[str]
    sessions: Sequence[Session]
    current: UUID | None
    tokens: Sequence[Token]
    new: NewToken | None = None
    error: MastheadError | None = None


def account_page(layout: Layout, shown: Shown) -> bytes:
    """The whole page."""
    account = shown.account
    roles = ", ".join(shown.roles) or "no role yet"
    body = f'<p class="soft">{escape(account.email)} · {escape(roles)}</p>{problem_note(shown.error)}'
    body += (
        f"<p>{_button('sign-out', 'Sign out')}</p>" + _tokens(shown) + _sessions(shown) + _password(account)
    )
    return layout.page(account.name, body, is_narrow=False)


def _tokens(shown: Shown) -> str:
    rows = "".join(_token(each) for each in shown.tokens if each.revoked_at is None)
    return f"<h2>API tokens</h2>{_new_token(shown.new)}<ul>{rows}</ul>{_token_form()}"


def _new_token(new: NewToken | None) -> str:
    if new is None:
        return ""
    return f"<output>{new.text}</output><p class='soft'>This is the only time that it is shown.</p>"


def _token(token: Token) -> str:
    used = f"used {_time(token.used_at)}" if token.used_at else "never used"
    ends = f"until {_time(token.expires_at)}" if token.expires_at else "without an end"
    told = f"{escape(', '.join(token.scopes))} · {used} · {ends}"
    return _row(token.name, told, _button("revoke-token", "Revoke", token.id))


def _token_form() -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="scope" value="{each}"{" checked" if each == "read" else ""}>'
        f"{each}</label>"
        for each in ACTIONS
    )
    fields = field("name", "New token", hint="What it is for.", more='autocomplete="off"')
    fields += f"<fieldset><legend>May</legend>{boxes}</fieldset>"
    fields += field(
        "days", "Days", "number", value=str(TOKEN_LASTS.days), more='min="1" max="3660" inputmode="numeric"'
    )
    return _form("create-token", fields, "Make a token")


def _sessions(shown: Shown) -> str:
    rows = "".join(_session(each, is_current=each.id == shown.current) for each in shown.sessions)
    everywhere = _button("sign-out-everywhere", "Sign out everywhere")
    return f"<h2>Sessions</h2><ul>{rows}</ul><p></p>{everywhere}"


def _session(session: Session, *, is_current: bool) -> str:
    told = f"{escape(session.address or 'somewhere')} · used {_time(session.used_at)}"
    action = '<span class="soft">this one</span>' if is_current else _button("end-session", "End", session.id)
    return _row(session.agent or "A program", told, action)


def _password(account: Account) -> str:
    fields = f'<input type="hidden" name="email" value="{escape(account.email)}" autocomplete="username">'
    fields += field("current", "Current password", "password", more='autocomplete="current-password"')
    hint = "At least 12 characters. Every other session ends."
    fields += field(
        "password", "New password", "password", hint=hint, more='autocomplete="new-password" minlength="12"'
    )
    return "<h2>Password</h2>" + _form("change-password", fields, "Change password")


def _row(name: str, told: str, action: str) -> str:
    return f'<li><div><div class="name">{escape(name)}</div><small>{told}</small></div>{action}</li>'


def _button(action: str, label: str, subject: UUID | None = None) -> str:
    hidden = f'<input type="hidden" name="id" value="{subject}">' if subject else ""
    return (
        f'<form method="post" action="/-/account"><input type="hidden" name="do" value="{action}">{hidden}'
        f'<button class="is-quiet">{label}</button></form>'
    )


def _form(action: str, fields: str, label: str) -> str:
    return (
        f'<form method="post" action="/-/account"><input type="hidden" name="do" value="{action}">{fields}'
        f"<button>{label}</button></form>"
    )


def _time(moment: datetime) -> str:
    return f'<time datetime="{moment.isoformat()}">{moment:%-d %B %Y, %H:%M} UTC</time>'
