"""The REST endpoint, where its room meets this process."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.access import Policies
from masthead.kernel.settings import Settings
from masthead.model import ContentModel, Functions
from masthead.query import FieldComputer
from masthead.rest import Limits, Rest, rest_endpoint
from masthead.rest.writing import Writing
from masthead.roles.api.api_layers import with_api_layers
from masthead.roles.api.caching import Keeping
from masthead.roles.api.explorer_page import ExplorerPage
from masthead.roles.api.metrics import Metrics
from masthead.roles.places import find_explorer
from masthead.store import Reader

DOCS = "/api/docs"
METHODS = "GET, HEAD, POST, PATCH, DELETE"


def rest_application(  # noqa: PLR0913, PLR0917 - the parts that the endpoint is made of
    model: ContentModel,
    reader: Reader,
    metrics: Metrics,
    settings: Settings,
    functions: Functions | None = None,
    policies: Policies | None = None,
    editorial: Reader | None = None,
    writing: Writing | None = None,
    keeping: Keeping | None = None,
) -> ASGIApp:
    """`/api` over what is public, read as the anonymous role, and by `editorial` for who is signed in; the
    doors of `writing`; and the page to try it on."""
    computer = FieldComputer(model, functions or {}, settings.statement_timeout)
    rest = Rest(
        model,
        reader,
        limits=limits_of(settings),
        computer=computer,
        policies=policies or Policies(model),
        editorial=editorial,
    )
    metrics.add_source(
        "rest_plan_cache_requests",
        "REST requests by whether their plan was kept.",
        "outcome",
        lambda: {"hit": rest.plans.hits, "miss": rest.plans.misses},
    )
    endpoint = rest_endpoint(rest, settings.rest_cache_control, writing)
    api = Bodiless(with_api_layers(endpoint, settings, METHODS, keeping))
    if rest.resources.get("docs") is not None:  # a publication with a type `Doc` has its own /api/docs
        return api
    explorer = find_explorer()
    return _WithDocs(api, ExplorerPage(explorer.page("api") if explorer else None))


def limits_of(settings: Settings) -> Limits:
    """The bounds that the settings say."""
    return Limits(
        query_bytes=settings.rest_query_bytes,
        page_size=settings.rest_page_size,
        offset=settings.rest_offset,
        include_depth=settings.rest_include_depth,
        includes=settings.rest_includes,
        conditions=settings.rest_conditions,
        values=settings.rest_values,
        cost=settings.rest_cost,
        request_bytes=settings.request_kb * 1024,
    )


class _WithDocs:
    """No Route of Starlette's: its patterns do not match a path with a line break, which a slug may have."""

    def __init__(self, api: ASGIApp, docs: ASGIApp) -> None:
        self._api = api
        self._docs = docs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self._docs if scope["path"] == DOCS else self._api)(scope, receive, send)


class Bodiless:
    """Answers HEAD as GET, without the body: outside of what encodes it, so that both have the same head."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, _without_body(send) if scope["method"] == "HEAD" else send)


def _without_body(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head
