"""The pages of people as a bare ASGI application."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from masthead.access import Viewer
from masthead.kernel import AccessError, InputError, MastheadError, NotFoundError
from masthead.people import Entrance, Filled, NewToken, People
from masthead.rest.people.door import Receive, Request, request_of
from masthead.rest.people.pages.account_actions import AccountActions
from masthead.rest.people.pages.account_page import Shown, account_page
from masthead.rest.people.pages.form import read_form
from masthead.rest.people.pages.layout import Layout
from masthead.rest.people.pages.sign_in_page import dead_link_page, link_page, refused_page, sign_in_page
from masthead.rest.people.refusals import Send, more_headers, note_error
from masthead.rest.people.session_door import entrance_cookies, foreign
from masthead.rest.people.site import Site
from masthead.rest.problem import problem_of
from masthead.rest.reply import Header
from masthead.store import FAILURES, failure

SIGN_IN, LINK, ACCOUNT = "/-/sign-in", "/-/link", "/-/account"


def is_page_of_people(path: str) -> bool:
    """Whether an address is one of these pages."""
    return path in (SIGN_IN, LINK, ACCOUNT)


@dataclass(frozen=True, slots=True)
class Page:
    """A document, or where to go on."""

    body: bytes = b""
    status: int = 200
    headers: list[Header] = field(default_factory=list)


class PagesEndpoint:
    """Answers `/-/sign-in`, `/-/link` and `/-/account`. `static` are the addresses of served files."""

    def __init__(self, people: People, site: Site, static: Iterable[str] = ()) -> None:
        self._people = people
        self._site = site
        self._layout = Layout(static)
        self._actions = AccountActions(people)
        self._pages = {
            (SIGN_IN, "GET"): self._show_sign_in,
            (SIGN_IN, "POST"): self._sign_in,
            (LINK, "GET"): self._show_link,
            (LINK, "POST"): self._use_link,
            (ACCOUNT, "GET"): self._show_account,
            (ACCOUNT, "POST"): self._act,
        }

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        request = request_of(self._site, scope, receive)
        try:
            page = await self._answer(request)
        except MastheadError as error:
            note_error(scope, error)
            page = _refused(error, refused_page(self._layout, error))
        except FAILURES as failed:
            note_error(scope, failure(failed))
            page = _refused(failure(failed), refused_page(self._layout, failure(failed)))
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"cache-control", b"no-store"),
            (b"content-security-policy", self._layout.policy),
            (b"content-length", str(len(page.body)).encode()),
            *page.headers,
        ]
        await send({"type": "http.response.start", "status": page.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else page.body})

    async def _answer(self, request: Request) -> Page:
        handle = self._pages.get((request.path, "GET" if request.method == "HEAD" else request.method))
        if handle is None:
            raise InputError(
                "method-not-allowed", f"{request.method} is not possible here.", "Use GET or POST.",
                context={"allow": "GET, HEAD, POST"},
            )  # fmt: skip
        if request.method == "POST" and not self._site.origins.is_own(request.arrival.headers):
            raise foreign(request)
        return await handle(request)

    async def _show_sign_in(self, request: Request) -> Page:
        return _go(ACCOUNT) if request.session else Page(sign_in_page(self._layout))

    async def _sign_in(self, request: Request) -> Page:
        form = await read_form(request)
        try:
            entrance = await self._people.signing_in.begin(
                form["email"], form["password"], request.client, request.known
            )
        except MastheadError as error:
            return _refused(error, sign_in_page(self._layout, form["email"], error))
        return self._entered(request, entrance)

    async def _show_link(self, request: Request) -> Page:
        token = request.parameters("token").get("token", "")
        try:
            return Page(link_page(self._layout, token, await self._people.links.look(token)))
        except NotFoundError as error:
            return _refused(error, dead_link_page(self._layout, error))

    async def _use_link(self, request: Request) -> Page:
        form = await read_form(request)
        token = form["token"]
        filled = Filled(form["password"], form["name"] or None, form["email"] or None)
        try:
            return self._entered(
                request, await self._people.links.use(token, filled, request.client, request.known)
            )
        except NotFoundError as error:
            return _refused(error, dead_link_page(self._layout, error))
        except MastheadError as error:
            link = await self._people.links.look(token)
            return _refused(error, link_page(self._layout, token, link, filled, error))

    async def _show_account(self, request: Request) -> Page:
        if request.session is None:
            return _go(SIGN_IN)
        return Page(await self._account(request, request.viewer))

    async def _act(self, request: Request) -> Page:
        if request.session is None:
            return _go(SIGN_IN)
        try:
            done = await self._actions.act(request, await read_form(request))
        except (InputError, AccessError) as error:
            return _refused(error, await self._account(request, request.viewer, error=error))
        if done.new is not None:  # it is shown this once, so there is no going on to another address
            return Page(await self._account(request, request.viewer, new=done.new), 201)
        return _go(SIGN_IN if done.is_out else ACCOUNT, *done.headers)

    async def _account(
        self,
        request: Request,
        viewer: Viewer,
        new: NewToken | None = None,
        error: MastheadError | None = None,
    ) -> bytes:
        people, account = self._people, request.person()
        shown = Shown(
            await people.accounts.get(account),
            sorted(viewer.roles),
            await people.sessions.of(account),
            request.session,
            await people.tokens.of(account),
            new,
            error,
        )
        return account_page(self._layout, shown)

    def _entered(self, request: Request, entrance: Entrance) -> Page:
        return _go(ACCOUNT, *entrance_cookies(request, entrance, self._people.rules.absolute))


def _go(address: str, *headers: Header) -> Page:
    """On to another address, with GET (RFC 9110, section 15.4.4)."""
    return Page(status=303, headers=[(b"location", address.encode()), *headers])


def _refused(error: MastheadError, body: bytes) -> Page:
    return Page(body, problem_of(error).status, more_headers(error))
