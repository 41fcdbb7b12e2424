"""`/api/groups`: groups and who is in them, for owners."""

from pydantic import Field

from masthead.people import People
from masthead.rest.people.door import Answer, Body, Request, read_id
from masthead.rest.people.representation import group_json
from masthead.rest.people.same_origin import Origins


class NewGroup(Body):
    """What `POST /api/groups` takes."""

    name: str
    roles: list[str] = Field(default_factory=list)


class ChangedGroup(Body):
    """What `PATCH /api/groups/{id}` takes: what is to be otherwise."""

    name: str | None = None
    roles: list[str] | None = None


class GroupsDoor:
    """What owners do to groups."""

    def __init__(self, people: People, _: Origins) -> None:
        self._groups = people.groups

    async def list(self, request: Request) -> Answer:
        """All groups."""
        request.owner()
        return Answer({"groups": [group_json(each) for each in await self._groups.all()]})

    async def create(self, request: Request) -> Answer:
        """A group without members."""
        request.owner()
        given = await request.read(NewGroup)
        return Answer(group_json(await self._groups.create(given.name, given.roles, request.client)), 201)

    async def change(self, request: Request, group: str) -> Answer:
        """Another name, other roles."""
        request.owner()
        given = await request.read(ChangedGroup)
        changed = await self._groups.change(
            read_id(group), request.client, name=given.name, roles=given.roles
        )
        return Answer(group_json(changed))

    async def delete(self, request: Request, group: str) -> Answer:
        """Remove one; its members stay."""
        request.owner()
        await self._groups.delete(read_id(group), request.client)
        return Answer(status=204)

    async def put(self, request: Request, group: str, account: str) -> Answer:
        """Make an account a member."""
        request.owner()
        return Answer(group_json(await self._groups.put(read_id(group), read_id(account), request.client)))

    async def take(self, request: Request, group: str, account: str) -> Answer:
        """Let an account be no member."""
        request.owner()
        return Answer(group_json(await self._groups.take(read_id(group), read_id(account), request.client)))
