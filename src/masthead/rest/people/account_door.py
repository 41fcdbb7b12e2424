"""`/api/account`: one's own name, password and sessions."""

from masthead.people import People
from masthead.rest.people.cookies import set_cookie
from masthead.rest.people.door import Answer, Body, Request, read_id
from masthead.rest.people.representation import account_json, session_json
from masthead.rest.people.same_origin import Origins
from masthead.rest.people.signing_out import signed_out


class Rename(Body):
    """What `PATCH /api/account` takes."""

    name: str


class NewPassword(Body):
    """What `PUT /api/account/password` takes."""

    current: str
    password: str


class AccountDoor:
    """What somebody does to the own account, with a session."""

    def __init__(self, people: People, _: Origins) -> None:
        self._people = people

    async def show(self, request: Request) -> Answer:
        """The account."""
        return Answer(account_json(await self._people.accounts.get(request.account())))

    async def rename(self, request: Request) -> Answer:
        """Another name."""
        account, given = request.person(), await request.read(Rename)
        changed, _ = await self._people.accounts.change(account, request.client, name=given.name)
        return Answer(account_json(changed))

    async def change_password(self, request: Request) -> Answer:
        """Another password; every other session ends."""
        account, given = request.person(), await request.read(NewPassword)
        secret = await self._people.signing_in.change_password(
            account, given.current, given.password, request.client, request.session
        )
        return renewed(request, Answer(status=204), secret, self._people)

    async def sessions(self, request: Request) -> Answer:
        """One's sessions."""
        found = await self._people.sessions.of(request.person())
        return Answer({"sessions": [session_json(e, is_current=e.id == request.session) for e in found]})

    async def end_session(self, request: Request, session: str) -> Answer:
        """End one of them."""
        await self._people.sessions.end(request.person(), read_id(session), request.client)
        return Answer(status=204)

    async def end_sessions(self, request: Request) -> Answer:
        """Sign out everywhere, here too."""
        await self._people.sessions.end_all(request.person(), request.client)
        return Answer(status=204, headers=signed_out(request.arrival.cookie))


def renewed(request: Request, answer: Answer, secret: str | None, people: People) -> Answer:
    """`answer`, with the cookie of the session that goes on with another secret."""
    if secret is None:
        return answer
    cookie = set_cookie(request.arrival.cookie, secret, people.rules.absolute)
    return Answer(answer.body, answer.status, [*answer.headers, (b"set-cookie", cookie)])
