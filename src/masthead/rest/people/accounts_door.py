"""`/api/accounts`: everybody, for owners."""

from pydantic import Field

from masthead.people import Account, People
from masthead.rest.people.account_door import renewed
from masthead.rest.people.door import Answer, Body, Request, read_id
from masthead.rest.people.link_address import link_address
from masthead.rest.people.representation import account_json
from masthead.rest.people.same_origin import Origins


class NewAccount(Body):
    """What `POST /api/accounts` takes."""

    email: str
    name: str
    roles: list[str] = Field(default_factory=list)


class ChangedAccount(Body):
    """What `PATCH /api/accounts/{id}` takes: what is to be otherwise."""

    name: str | None = None
    roles: list[str] | None = None


class AccountPage(Body):
    """The parameters of a page: `after` is the `next` of the page before."""

    after: str = ""


class AccountsDoor:
    """What owners do to accounts."""

    def __init__(self, people: People, origins: Origins) -> None:
        self._people = people
        self._origins = origins

    async def list(self, request: Request) -> Answer:
        """A page of accounts by address; `next` is what `after` is for the next one."""
        request.owner()
        after = request.parameters("after").get("after", "")
        found, following = await self._people.accounts.page(after)
        return Answer({"accounts": [account_json(each) for each in found], "next": following})

    async def create(self, request: Request) -> Answer:
        """An account and its invitation: nobody sends mail, so hand the link over."""
        request.owner()
        given = await request.read(NewAccount)
        account, secret = await self._people.joining.invite(
            given.email, given.name, given.roles, request.client
        )
        return Answer({**account_json(account), "link": self._link(request, secret)}, 201)

    async def show(self, request: Request, account: str) -> Answer:
        """One account."""
        request.owner()
        return Answer(account_json(await self._people.accounts.get(read_id(account))))

    async def change(self, request: Request, account: str) -> Answer:
        """Another name, other roles; other roles sign it out everywhere."""
        request.owner()
        given = await request.read(ChangedAccount)
        changed, secret = await self._people.accounts.change(
            read_id(account), request.client, name=given.name, roles=given.roles, kept=request.session
        )
        return renewed(request, Answer(account_json(changed)), secret, self._people)

    async def link(self, request: Request, account: str) -> Answer:
        """A one-time link for who forgot the password, or lost the invitation."""
        request.owner()
        secret = await self._people.joining.link(read_id(account), request.client)
        return Answer({"link": self._link(request, secret)}, 201)

    async def suspend(self, request: Request, account: str) -> Answer:
        """Let somebody in no more."""
        request.owner()
        return self._shown(await self._people.accounts.suspend(read_id(account), request.client))

    async def restore(self, request: Request, account: str) -> Answer:
        """Let somebody in again."""
        request.owner()
        return self._shown(await self._people.accounts.restore(read_id(account), request.client))

    def _shown(self, account: Account) -> Answer:
        return Answer(account_json(account))

    def _link(self, request: Request, secret: str) -> str:
        return link_address(self._origins.first or request.arrival.origin, secret)
