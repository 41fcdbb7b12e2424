"""`/api/previews`: links to what is not public."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from masthead.access import Viewer
from masthead.content.commands import Actor
from masthead.content.previews import OfLatest, OfRelease, Previews, Subject
from masthead.kernel import InputError, Place, utc_now
from masthead.rest.people.door import Answer, Body, Request, read_id
from masthead.rest.previews.representation import link_json


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
        subject = await self._subject(given, actor)
        link = await self._previews.create(subject, actor, _lasts(given.expires))
        return Answer(link_json(link, request.arrival.origin), 201)

    async def revoke(self, request: Request, key: str) -> Answer:
        """Turn a link off, at once."""
        await self._previews.revoke(read_id(key), actor_of(request))
        return Answer(status=204)

    async def _subject(self, given: NewPreview, actor: Actor) -> Subject:
        named = given.model_dump(include={"entry", "revision", "release"}, exclude_none=True)
        if len(named) != 1:
            raise InputError(
                "body-invalid",
                f"A preview is of one thing; the body names {len(named)}.",
                "Give one of `entry`, `revision` and `release`.",
            )
        ((name, value),) = named.items()
        key = _id(value, name)
        match name:
            case "entry":
                return OfLatest(key)
            case "revision":
                return await self._previews.revision(key, actor)
            case _:
                return OfRelease(key)


def actor_of(request: Request) -> Actor:
    """Who asks, and from where."""
    viewer: Viewer = request.viewer
    return Actor.of(viewer, "api", request.arrival.request, request.arrival.address)


_MOMENT: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)


def _lasts(expires: str | None) -> timedelta | None:
    if expires is None:
        return None
    try:
        return _MOMENT.validate_python(expires) - utc_now()
    except (ValidationError, OverflowError) as error:
        raise InputError(
            "body-invalid",
            f"`expires` {expires[:80]!r} is no moment.",
            "Send one with its zone, such as 2030-01-31T12:00:00Z.",
            Place(path="expires"),
        ) from error


def _id(text: str, name: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise InputError(
            "id-invalid",
            f"`{name}` {text[:80]!r} is not an id.",
            "Send one that this API gave.",
            Place(path=name),
        ) from error
