"""`/api/tokens`: one's own API tokens."""

from datetime import timedelta

from masthead.people import TOKEN_LASTS, People
from masthead.rest.people.door import Answer, Body, Request, read_id
from masthead.rest.people.representation import token_json
from masthead.rest.people.same_origin import Origins


class NewToken(Body):
    """What `POST /api/tokens` takes. `days` null: until it is revoked."""

    name: str
    scopes: list[str]
    days: int | None = TOKEN_LASTS.days


class TokensDoor:
    """Making and revoking tokens needs a session: no token makes another."""

    def __init__(self, people: People, _: Origins) -> None:
        self._tokens = people.tokens

    async def list(self, request: Request) -> Answer:
        """All of them, those that are over too."""
        return Answer({"tokens": [token_json(each) for each in await self._tokens.of(request.person())]})

    async def create(self, request: Request) -> Answer:
        """A new one; its text is in this answer and nowhere else."""
        account, given = request.person(), await request.read(NewToken)
        lasts = None if given.days is None else timedelta(days=min(given.days, 999_999))
        new = await self._tokens.create(account, given.name, given.scopes, lasts, request.client)
        return Answer({**token_json(new.token), "text": new.text}, 201)

    async def revoke(self, request: Request, token: str) -> Answer:
        """End one at once."""
        await self._tokens.revoke(read_id(token), request.client, request.person())
        return Answer(status=204)
