"""Which door of webhooks answers what: one table, which the OpenAPI document reads too."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from masthead.rest.address import ROOT
from masthead.rest.people.door import Answer, Body
from masthead.rest.webhooks.bodies import ChangedWebhook, DeliveryPage, Lost, NewWebhook, Range, Redriven
from masthead.rest.webhooks.door import WebhookDoor

API = f"{ROOT}/webhooks"


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path, whose `{…}` are handed to the door by position. `gives` is the schema of the
    answer, `takes` that of the body, `asks` that of the query string."""

    method: str
    path: str
    name: str
    handle: Callable[..., Awaitable[Answer]]
    gives: str | None
    takes: type[Body] | None = None
    asks: type[Body] | None = None
    status: int = 200

    def match(self, path: str) -> list[str] | None:
        """What stands at the `{…}` of the path; None where it is another."""
        own, given = self.path.split("/"), path.split("/")
        if len(own) != len(given):
            return None
        pairs = list(zip(own, given, strict=True))
        if any(mine != theirs for mine, theirs in pairs if not mine.startswith("{")):
            return None
        return [theirs for mine, theirs in pairs if mine.startswith("{")]

    @property
    def summary(self) -> str:
        """What the door says of itself."""
        return " ".join((self.handle.__doc__ or "").split())


def _route(method: str, path: str, *rest: Any, **more: Any) -> Route:
    return Route(method, API + path, *rest, **more)


_D, _ONE, _LOG = WebhookDoor, "/{webhook}", "/{webhook}/deliveries"

ROUTES = (
    _route("GET", "", "listWebhooks", _D.list, "webhooks"),
    _route("POST", "", "createWebhook", _D.create, "newWebhook", NewWebhook, status=201),
    _route("GET", _ONE, "getWebhook", _D.show, "webhook"),
    _route("PATCH", _ONE, "changeWebhook", _D.change, "webhook", ChangedWebhook),
    _route("DELETE", _ONE, "deleteWebhook", _D.delete, None, status=204),
    _route("POST", f"{_ONE}/secret", "rotateWebhookSecret", _D.rotate, "webhookSecret", status=201),
    _route("POST", f"{_ONE}/replay", "replayWebhook", _D.replay, "replayed", Range),
    _route("POST", f"{_ONE}/recover", "recoverWebhook", _D.recover, "recovered", Lost),
    _route("POST", f"{_ONE}/redrive", "redriveWebhook", _D.redrive, "redriven", Redriven),
    _route("GET", _LOG, "listDeliveries", _D.deliveries, "deliveries", asks=DeliveryPage),
    _route("GET", f"{_LOG}/{{delivery}}", "getDelivery", _D.delivery, "loggedDelivery"),
    _route("POST", f"{_LOG}/{{delivery}}/resend", "resendDelivery", _D.resend, "delivery", status=201),
)
