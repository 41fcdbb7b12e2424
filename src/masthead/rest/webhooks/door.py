"""`/api/webhooks`: who is told of events, for owners."""

from typing import TypeVar

from pydantic import ValidationError

from masthead.kernel import InputError, NotFoundError, Place
from masthead.rest.people.door import Answer, Body, Request, read_id
from masthead.rest.webhooks.bodies import ChangedWebhook, DeliveryPage, Lost, NewWebhook, Range, Redriven
from masthead.rest.webhooks.representation import attempt_json, delivery_json, webhook_json
from masthead.store import Reader
from masthead.webhooks import Again, Delivery, Endpoints, find_delivery, list_attempts, list_deliveries

B = TypeVar("B", bound=Body)


class WebhookDoor:
    """What owners do to webhooks."""

    def __init__(self, endpoints: Endpoints, again: Again, reader: Reader) -> None:
        self._endpoints = endpoints
        self._again = again
        self._reader = reader

    async def list(self, request: Request) -> Answer:
        """All webhooks, the oldest first."""
        request.owner()
        return Answer({"webhooks": [webhook_json(each) for each in await self._endpoints.all()]})

    async def create(self, request: Request) -> Answer:
        """A webhook, which is told of events from now on. Its secret is shown this once."""
        request.owner()
        given = await request.read(NewWebhook)
        endpoint, secret = await self._endpoints.create(given.wanted(), request.client.origin())
        return Answer({**webhook_json(endpoint), "secret": secret}, 201)

    async def show(self, request: Request, webhook: str) -> Answer:
        """One webhook."""
        request.owner()
        return Answer(webhook_json(await self._endpoints.find(read_id(webhook))))

    async def change(self, request: Request, webhook: str) -> Answer:
        """Make it otherwise. Disabling makes dead letters of what waits; `missed` says what it was not told
        since, which `/recover` sends."""
        request.owner()
        given = await request.read(ChangedWebhook)
        origin = request.client.origin()
        return Answer(webhook_json(await self._endpoints.change(read_id(webhook), given.wanted(), origin)))

    async def delete(self, request: Request, webhook: str) -> Answer:
        """Remove it with its secrets and its log."""
        request.owner()
        await self._endpoints.delete(read_id(webhook), request.client.origin())
        return Answer(status=204)

    async def rotate(self, request: Request, webhook: str) -> Answer:
        """Another secret, shown this once. The one before it signs too for a day."""
        request.owner()
        return Answer(
            {"secret": await self._endpoints.rotate(read_id(webhook), request.client.origin())}, 201
        )

    async def replay(self, request: Request, webhook: str) -> Answer:
        """Send the events in a range of positions that it wants, in a lane of its own."""
        request.owner()
        given = await request.read(Range)
        lane, number = await self._again.replay(
            read_id(webhook), given.first, given.last, request.client.origin()
        )
        return Answer({"lane": lane, "deliveries": number})

    async def recover(self, request: Request, webhook: str) -> Answer:
        """Send what it has not got since a moment: dead letters, what waits for its next attempt, and what it
        was not told while it was disabled. `next` is what `first` is to go on; null where that was all."""
        request.owner()
        given = await request.read(Lost)
        since = given.first if given.since is None else given.since
        origin = request.client.origin()
        found = await self._again.recover(read_id(webhook), since or 1, origin, given.until)
        return Answer(
            {
                "lane": found.lane,
                "first": found.span.first,
                "last": found.span.last,
                "deliveries": found.deliveries,
                "next": found.span.following,
            }
        )

    async def redrive(self, request: Request, webhook: str) -> Answer:
        """Send its dead letters, or one of them, with all attempts again."""
        request.owner()
        given = await request.read(Redriven)
        number = await self._again.redrive(read_id(webhook), request.client.origin(), given.delivery)
        return Answer({"deliveries": number})

    async def deliveries(self, request: Request, webhook: str) -> Answer:
        """What it was sent, or is to be, the newest first. `next` is what `before` is for the next page."""
        request.owner()
        page = _page(request)
        endpoint = await self._endpoints.find(read_id(webhook))
        found = await list_deliveries(self._reader, endpoint.id, page.state, page.before, page.size)
        following = found[-1].id if len(found) == page.size else None
        return Answer({"deliveries": [delivery_json(each) for each in found], "next": following})

    async def delivery(self, request: Request, webhook: str, delivery: str) -> Answer:
        """One delivery with its attempts, and the beginning of what was answered."""
        request.owner()
        found = await self._delivery(webhook, delivery)
        attempts = await list_attempts(self._reader, found.id)
        return Answer({**delivery_json(found), "log": [attempt_json(each) for each in attempts]})

    async def resend(self, request: Request, webhook: str, delivery: str) -> Answer:
        """Send its event once more, whatever became of it: a new delivery with the same event id."""
        request.owner()
        found = await self._delivery(webhook, delivery)
        return Answer(delivery_json(await self._again.resend(found.id, request.client.origin())), 201)

    async def _delivery(self, webhook: str, delivery: str) -> Delivery:
        found = await find_delivery(self._reader, read_id(delivery))
        if found.endpoint != read_id(webhook):
            raise NotFoundError("delivery-missing", f"The webhook has no delivery {found.id}.", "List them.")
        return found


def _page(request: Request) -> DeliveryPage:
    given = request.parameters(*DeliveryPage.model_fields)
    try:
        return DeliveryPage.model_validate(given)
    except ValidationError as error:
        (first, *_) = error.errors(include_url=False, include_input=False, include_context=False)
        name = str(first["loc"][0])
        raise InputError(
            "value-invalid", f"`{name}` is wrong: {first['msg']}.", "", Place(path=name)
        ) from None
