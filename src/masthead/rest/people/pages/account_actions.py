"""What the forms of the account's page do."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from masthead.kernel import InputError, NotFoundError, Place
from masthead.people import NewToken, People
from masthead.rest.people.cookies import set_cookie
from masthead.rest.people.door import Request, read_id
from masthead.rest.people.pages.form import Form
from masthead.rest.people.signing_out import signed_out
from masthead.rest.reply import Header


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: a token that is shown now, cookies, and whether nobody is signed in any more."""

    new: NewToken | None = None
    headers: list[Header] = field(default_factory=list)
    is_out: bool = False


class AccountActions:
    """One function an action, by what the field `do` says."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._actions: Mapping[str, Callable[[Request, Form], Awaitable[Done]]] = {
            "sign-out": self._sign_out,
            "sign-out-everywhere": self._sign_out_everywhere,
            "end-session": self._end_session,
            "change-password": self._change_password,
            "create-token": self._create_token,
            "revoke-token": self._revoke_token,
        }

    async def act(self, request: Request, form: Form) -> Done:
        """Do it. Raises InputError, AccessError, NotFoundError, UnavailableError."""
        action = self._actions.get(form["do"])
        if action is None:
            raise NotFoundError("address-unknown", "There is no such form.", "Open the page anew.")
        return await action(request, form)

    async def _sign_out(self, request: Request, _: Form) -> Done:
        if request.session is not None:
            await self._people.sessions.end(request.person(), request.session, request.client)
        return _out(request)

    async def _sign_out_everywhere(self, request: Request, _: Form) -> Done:
        await self._people.sessions.end_all(request.person(), request.client)
        return _out(request)

    async def _end_session(self, request: Request, form: Form) -> Done:
        await self._people.sessions.end(request.person(), read_id(form["id"]), request.client)
        return Done()

    async def _change_password(self, request: Request, form: Form) -> Done:
        secret = await self._people.signing_in.change_password(
            request.person(), form["current"], form["password"], request.client, request.session
        )
        if secret is None:
            return _out(request)
        cookie = set_cookie(request.arrival.cookie, secret, self._people.rules.absolute)
        return Done(headers=[(b"set-cookie", cookie)])

    async def _create_token(self, request: Request, form: Form) -> Done:
        lasts = timedelta(days=_days(form["days"]))
        return Done(
            await self._people.tokens.create(
                request.person(), form["name"], form.all("scope"), lasts, request.client
            )
        )

    async def _revoke_token(self, request: Request, form: Form) -> Done:
        await self._people.tokens.revoke(read_id(form["id"]), request.client, request.person())
        return Done()


def _out(request: Request) -> Done:
    return Done(headers=signed_out(request.arrival.cookie), is_out=True)


def _days(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5):
        raise InputError("value-invalid", "This is no number of days.", "Such as 90.", Place(path="days"))
    return int(text)
