"""Webhooks, where their room meets this process."""

from starlette.types import ASGIApp, Receive, Scope, Send

from masthead.kernel.settings import Settings
from masthead.model import ContentModel
from masthead.rest.people import Site
from masthead.rest.webhooks import WebhookEndpoint, is_of_webhooks
from masthead.roles.source import source_of
from masthead.store import Database


class WebhookLayer:
    """Answers `/api/webhooks`, and hands on everything else. Behind the layer that tells who asks."""

    def __init__(self, app: ASGIApp, database: Database, model: ContentModel, settings: Settings) -> None:
        self._app = app
        site = Site(settings.origins, settings.trusted_proxies)
        self._endpoint = WebhookEndpoint(database, source_of(database, model), site)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_ours = scope["type"] == "http" and is_of_webhooks(scope["path"])
        await (self._endpoint if is_ours else self._app)(scope, receive, send)
