"""The API process, composed: one ASGI application that owns the public port."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from prometheus_client.registry import CollectorRegistry
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from masthead.access import Policies
from masthead.events.coherence import Coherence
from masthead.kernel.settings import Settings
from masthead.model import ContentModel, Functions
from masthead.rest.people import Site
from masthead.roles.api.access import Access
from masthead.roles.api.assets import Assets
from masthead.roles.api.body_time import BodyInTime
from masthead.roles.api.caches import open_caches
from masthead.roles.api.changes import Changes
from masthead.roles.api.editing import DRAFT, editorial_graphql, open_commands, rest_writing
from masthead.roles.api.event_metrics import EventMetrics
from masthead.roles.api.graphql import (
    documents_of,
    graphql_application,
    public_engine,
    stream_application,
)
from masthead.roles.api.health import Health
from masthead.roles.api.job_metrics import JobMetrics
from masthead.roles.api.live import STREAM, Live, open_live
from masthead.roles.api.metrics import Metrics
from masthead.roles.api.pages import Pages
from masthead.roles.api.people import open_people, with_people
from masthead.roles.api.preview_pages import PreviewPages
from masthead.roles.api.previews import PreviewLayer, open_previews
from masthead.roles.api.rest import rest_application
from masthead.roles.api.schedules import ScheduleMetrics
from masthead.roles.api.static_files import StaticFiles
from masthead.roles.api.strict_transport import strict_transport
from masthead.roles.api.upstream import Upstream
from masthead.roles.api.web_sockets import WebSockets
from masthead.roles.api.webhook_metrics import WebhookMetrics
from masthead.roles.api.webhooks import WebhookLayer
from masthead.roles.places import find_explorer, find_site
from masthead.roles.state import read_restarts
from masthead.store import Database


@dataclass(frozen=True, slots=True)
class Parts:
    """What an application is made of. `database` has its public pool open; it outlives the application.

    `state_file` is where a supervisor counts the processes that it started again; `functions` are those
    of the model's computed fields. Without `policies` the default ones hold.
    """

    database: Database
    model: ContentModel
    settings: Settings
    state_file: Path | None = None
    functions: Functions = field(default_factory=dict)
    policies: Policies | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """The ASGI application, and how to let go of streams that would never end by themselves."""

    asgi: ASGIApp
    changes: Changes
    live: Live

    def close(self) -> None:
        """End every stream, so that a server that stops need not wait for its clients."""
        self.changes.close()
        self.live.clients.close()


@asynccontextmanager
async def open_application(parts: Parts) -> AsyncIterator[Application]:
    """The application, listening to changes of what is public until the block ends."""
    settings, reader = parts.settings, parts.database.public
    metrics = Metrics(settings.slow_operation)
    upstream = Upstream(settings.site_url, settings.site_timeout) if settings.site_url else None
    coherence = Coherence(parts.database)
    caches = open_caches(coherence, settings, metrics)
    asset = parts.model["Asset"]
    assets = Assets(settings.asset_folder, reader, asset.name, asset.table, coherence)
    keeping, changes = caches.keeping, Changes(reader, metrics, lambda: coherence.applied)
    await changes.start()
    for listener in (caches.change, assets.change, changes.change):
        coherence.subscribe(listener)
    _count_restarts(metrics, parts.state_file)
    pages = Pages(caches.pages, keeping, upstream, reader, metrics)
    files = _static_files(settings)
    starlette = _others(settings, _routes(parts, metrics, upstream, assets, changes), pages)
    await parts.database.open_editorial(max(1, settings.pool_size // 2), settings.statement_timeout)
    seen = (parts.model, reader, metrics, settings, parts.functions, parts.policies, parts.database.editorial)
    commands = open_commands(parts.database, parts.model, parts.policies)
    own = (settings, parts.functions, parts.policies)
    rest = rest_application(*seen, writing=rest_writing(commands, parts.database, *own), keeping=keeping)
    engine = public_engine(*seen)
    documents = documents_of(settings, engine)
    living = AsyncExitStack()
    live = await living.enter_async_context(
        open_live(parts.database, parts.model, settings, engine, documents, metrics)
    )
    coherence.subscribe(live.on_change)
    graphql = graphql_application(engine, documents, settings, keeping, live.events)
    previews = open_previews(parts.database, parts.model, parts.policies, settings)
    drafts = editorial_graphql(commands, parts.database, previews, metrics, *own)
    by_path = {"/graphql": graphql, STREAM: stream_application(live.events, settings), DRAFT: drafts}
    people = open_people(parts.database, parts.model, settings)
    sockets = WebSockets(
        live.sockets, people.identity, Site(settings.origins, settings.trusted_proxies), settings.cors_origins
    )
    by_class: dict[str, ASGIApp] = {"page": PreviewPages(pages, reader), "rest": rest}
    lanes = _Lanes(StaticFiles(files), by_path, by_class, sockets, starlette)
    previewed = PreviewLayer(lanes, previews, settings, files)
    told = WebhookLayer(previewed, parts.database, parts.model, settings)
    timely = BodyInTime(with_people(told, people, settings, metrics, files), settings.request_seconds)
    access = Access(timely, metrics, has_timing=settings.server_timing, more=strict_transport(settings))
    listening = asyncio.create_task(coherence.run())
    await coherence.ensure(patience=1.0)
    try:
        yield Application(access, changes, live)
    finally:
        await living.aclose()
        people.close()
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening
        if upstream is not None:
            await upstream.close()


def _count_restarts(metrics: Metrics, state: Path | None) -> None:
    if state is not None:
        metrics.add_source(
            "process_restarts", "Times a process was started again.", "process", lambda: read_restarts(state)
        )


def _static_files(settings: Settings) -> dict[str, Path]:
    site, explorer = find_site(settings.site_directory), find_explorer()
    return (site.static_files() if site else {}) | (explorer.static_files() if explorer else {})


def _others(settings: Settings, routes: list[BaseRoute], default: ASGIApp) -> Starlette:
    starlette = Starlette(routes=routes, max_body_size=settings.request_kb * 1024)
    starlette.router.redirect_slashes = False
    starlette.router.default = default
    return starlette


def _routes(
    parts: Parts, metrics: Metrics, upstream: Upstream | None, assets: Assets, changes: Changes
) -> list[BaseRoute]:
    health = Health(parts.database, parts.model, upstream, parts.policies)
    routes: list[BaseRoute] = [
        Route("/assets/{path:path}", assets),
        Route("/healthz", health.healthz),
        Route("/readyz", health.readyz),
        Route("/metrics", _metrics_endpoint(metrics, *_tables(parts.database, metrics.registry))),
    ]
    if parts.settings.live_reload:
        routes.append(Route("/-/changes", changes))
    return routes


class _Lanes:
    """Files, pages and APIs need none of Starlette's layers: `Access` already stands around everything."""

    def __init__(
        self,
        static: StaticFiles,
        by_path: Mapping[str, ASGIApp],
        by_class: Mapping[str, ASGIApp],
        sockets: ASGIApp,
        others: ASGIApp,
    ) -> None:
        self._sockets = sockets
        self._static = static
        self._by_path = by_path
        self._by_class = by_class
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            lane: ASGIApp = self._sockets if scope["type"] == "websocket" else self._others
        elif scope["path"] in self._by_path:
            lane = self._by_path[scope["path"]]
        elif scope["path"] in self._static:
            lane = self._static
        else:
            lane = self._by_class.get(scope["masthead.note"].route, self._others)
        await lane(scope, receive, send)


_Read = ScheduleMetrics | JobMetrics | EventMetrics | WebhookMetrics


def _tables(database: Database, registry: CollectorRegistry) -> tuple[_Read, ...]:
    """Metrics that are read from tables at each scrape."""
    return (
        ScheduleMetrics(database, registry),
        JobMetrics(database, registry),
        EventMetrics(database, registry),
        WebhookMetrics(database, registry),
    )


def _metrics_endpoint(metrics: Metrics, *tables: _Read) -> ASGIApp:
    class Endpoint:
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            headers = {
                "content-type": "text/plain; version=0.0.4; charset=utf-8",
                "cache-control": "no-store",
            }
            for each in tables:
                await each.refresh()
            await Response(metrics.as_text(), headers=headers)(scope, receive, send)

    return Endpoint()
