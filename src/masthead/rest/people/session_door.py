"""`/api/session`: signing in, who one is, signing out; and using a one-time link."""

from datetime import timedelta

from masthead.kernel import AccessError
from masthead.people import DEVICE_LASTS, Entrance, Filled, People
from masthead.rest.people.cookies import set_cookie
from masthead.rest.people.door import Answer, Body, Request
from masthead.rest.people.representation import account_json
from masthead.rest.people.same_origin import Origins
from masthead.rest.people.signing_out import signed_out
from masthead.rest.people.site import device_cookie
from masthead.rest.reply import Header


class SignIn(Body):
    """What `POST /api/session` takes."""

    email: str
    password: str


class UseLink(Body):
    """What `POST /api/session/link` takes. `email` and `name` where the link leaves them open."""

    link: str
    password: str
    name: str | None = None
    email: str | None = None


class SessionDoor:
    """Signing in and out."""

    def __init__(self, people: People, origins: Origins) -> None:
        self._people = people
        self._origins = origins

    async def sign_in(self, request: Request) -> Answer:
        """A session for who knows the password."""
        self._check_origin(request)
        given = await request.read(SignIn)
        entrance = await self._people.signing_in.begin(
            given.email, given.password, request.client, request.known
        )
        return await self._entered(request, entrance)

    async def use_link(self, request: Request) -> Answer:
        """A password by a one-time link, and a session."""
        self._check_origin(request)
        given = await request.read(UseLink)
        filled = Filled(given.password, given.name, given.email)
        entrance = await self._people.links.use(given.link, filled, request.client, request.known)
        return await self._entered(request, entrance)

    async def show(self, request: Request) -> Answer:
        """Who is signed in, with the roles that count: the account's own and its groups'."""
        viewer = request.viewer
        account = await self._people.accounts.get(request.account())
        return Answer(
            {
                "account": account_json(account),
                "roles": sorted(viewer.roles),
                "session": request.session,
                "token": viewer.token,
                "scopes": None if viewer.scopes is None else sorted(viewer.scopes),
            }
        )

    async def sign_out(self, request: Request) -> Answer:
        """No session any longer; it does not matter whether there was one."""
        if request.session is not None:
            await self._people.sessions.end(request.person(), request.session, request.client)
        return Answer(status=204, headers=signed_out(request.arrival.cookie))

    async def _entered(self, request: Request, entrance: Entrance) -> Answer:
        account = await self._people.accounts.get(entrance.session.account)
        body = {"account": account_json(account), "expiresAt": entrance.session.expires_at}
        return Answer(body, headers=entrance_cookies(request, entrance, self._people.rules.absolute))

    def _check_origin(self, request: Request) -> None:
        """No page of somebody else signs a browser in, not even as itself. Programs say no origin."""
        if self._origins.is_foreign(request.arrival.headers):
            raise foreign(request)


def entrance_cookies(request: Request, entrance: Entrance, lasts: timedelta) -> list[Header]:
    """The headers that give a browser its session, and the cookie of its device."""
    name = request.arrival.cookie
    return [
        (b"set-cookie", set_cookie(name, entrance.session.secret, lasts)),
        (b"set-cookie", set_cookie(device_cookie(name), entrance.device, DEVICE_LASTS)),
    ]


def foreign(request: Request) -> AccessError:
    """The error of a request that a page of another site makes."""
    return AccessError(
        "origin-foreign",
        "This request comes from a page of another site.",
        f"This site is {request.arrival.origin}; MASTHEAD_ORIGINS says so where that is wrong.",
    )
