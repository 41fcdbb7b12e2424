"""Previews, where their rooms meet this process: who looks at what, before pages and GraphQL are answered.

A browser in a preview has a cookie, which counts for pages alone. The site's process asks GraphQL with the
token in a header, which counts there alone. Nothing else ever shows a draft: feeds, the search box, REST and
files are answered as to anybody.
"""

from collections.abc import Iterable
from datetime import timedelta

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.access import Policies
from masthead.content.previews import Opened, Previews
from masthead.graphql import Documents, Engine, graphql_endpoint
from masthead.kernel import NotFoundError
from masthead.kernel.settings import Settings
from masthead.model import ContentModel
from masthead.rest.people import Site
from masthead.rest.previews import PreviewEndpoint, is_of_previews, preview_token
from masthead.roles.api.access import route_class
from masthead.roles.api.refusing import refuse_api
from masthead.store import Database

HEADER = b"x-masthead-preview"
"""What the site's process asks GraphQL with, and is asked with for a page."""

SHOWN, TOKEN = "masthead.preview", "masthead.preview.token"
"""Where a scope tells the layers below what is previewed."""


def open_previews(
    database: Database, model: ContentModel, policies: Policies | None, settings: Settings
) -> Previews:
    """The previews of this publication, as the settings say."""
    longest = timedelta(days=settings.preview_longest)
    return Previews(database, model, policies, lasts=timedelta(days=settings.preview_days), longest=longest)


class PreviewLayer:
    """Puts what is previewed into the scope of pages and of GraphQL, and answers links. `static` are the
    addresses of the site's files."""

    def __init__(self, app: ASGIApp, previews: Previews, settings: Settings, static: Iterable[str]) -> None:
        self._app = app
        self._previews = previews
        self._site = Site(settings.origins, settings.trusted_proxies)
        self._endpoint = PreviewEndpoint(previews, self._site, static)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path = scope["path"]
            if is_of_previews(path):
                await self._endpoint(scope, receive, send)
                return
            if path == "/graphql":
                token = _told_token(scope)
                if token is not None and not await self._told(scope, send, token):
                    return
            elif _is_asked(scope, path) and not await self._shown(scope, receive, send):
                return
        await self._app(scope, receive, send)

    async def _told(self, scope: Scope, send: Send, token: bytes) -> bool:
        """Whether GraphQL may answer, with what the header names."""
        scope[SHOWN] = await self._previews.open(token.decode("latin-1"))
        if scope[SHOWN] is None:
            error = NotFoundError("preview-over", "This preview shows nothing any more.", "Leave it.")
            await refuse_api(scope, send, error)
        return scope[SHOWN] is not None

    async def _shown(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether a page may be answered: with what the cookie names, where there is one."""
        cookies = [value for name, value in scope["headers"] if name == b"cookie"]
        token = preview_token(self._site.arrival(scope), cookies)
        if token is None:
            return True
        opened = await self._previews.open(token)
        if opened is None:
            await self._endpoint.refuse(scope, receive, send)
            return False
        scope[SHOWN], scope[TOKEN] = opened, token
        return True


def _told_token(scope: Scope) -> bytes | None:
    for name, value in scope["headers"]:
        if name == HEADER:
            token: bytes = value
            return token
    return None


def _is_asked(scope: Scope, path: str) -> bool:
    """Whether a page is asked for with the cookie of a preview. Everybody comes by here: the cookie is looked
    for without a generator, and before all else."""
    for name, value in scope["headers"]:
        if name == b"cookie" and b"-preview=" in value:
            return scope["method"] in ("GET", "HEAD") and route_class(path) == "page"
    return False


class PreviewedGraphql:
    """GraphQL over what is previewed, where something is; else `endpoint` as it is."""

    def __init__(self, endpoint: ASGIApp, engine: Engine, documents: Documents) -> None:
        self._endpoint = endpoint
        self._engine = engine
        self._documents = documents

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        opened: Opened | None = scope.get(SHOWN)
        if opened is None:
            await self._endpoint(scope, receive, send)
            return
        endpoint = graphql_endpoint(self._engine.over(opened.overlay), self._documents)
        await endpoint(scope, receive, privately(send))


def privately(send: Send) -> Send:
    """Answers that nobody keeps and no search engine lists."""

    async def send_privately(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [each for each in message["headers"] if each[0] not in _KEEPING]
            message = {**message, "headers": [*headers, *PRIVATE]}
        await send(message)

    return send_privately


_KEEPING = frozenset({b"cache-control", b"etag", b"x-robots-tag"})
PRIVATE = ((b"cache-control", b"private, no-store"), (b"x-robots-tag", b"noindex"))
