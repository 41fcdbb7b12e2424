"""`/api/previews`: links to what is not public."""

from masthead.access import Viewer
from masthead.content.commands import Actor
from masthead.content.previews import Previews, create_preview, link_json
from masthead.rest.people.door import Answer, Body, Request, read_id


class NewPreview(Body):
    """What `POST /api/previews` takes: one of `entry`, `revision` and `release`. `expires` is a moment; left
    out, the link works as long as the settings say."""

    entry: str | None = None
    revision: str | None = None
    release: str | None = None
    expires: str | None = None


class PreviewDoor:
    """Making, listing and ending."""

    def __init__(self, previews: Previews) -> None:
        self._previews = previews

    async def list(self, request: Request) -> Answer:
        """The links that work: one's own, or all for those who publish."""
        found = await self._previews.list(actor_of(request))
        return Answer({"previews": [link_json(each, request.arrival.origin) for each in found]})

    async def create(self, request: Request) -> Answer:
        """A new link."""
        actor = actor_of(request)
        request.account()
        given = await request.read(NewPreview)
        link = await create_preview(self._previews, actor, **given.model_dump())
        return Answer(link_json(link, request.arrival.origin), 201)

    async def revoke(self, request: Request, key: str) -> Answer:
        """Turn a link off, at once."""
        await self._previews.revoke(read_id(key), actor_of(request))
        return Answer(status=204)


def actor_of(request: Request) -> Actor:
    """Who asks, and from where."""
    viewer: Viewer = request.viewer
    return Actor.of(viewer, "api", request.arrival.request, request.arrival.address)
