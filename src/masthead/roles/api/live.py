"""Subscriptions and live queries, where their rooms meet this process."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from masthead.events import EventFeed
from masthead.graphql import Documents, Engine
from masthead.graphql.live import (
    Clients,
    EntryEvents,
    LiveBounds,
    LiveQueries,
    Streams,
    WebSocket,
    event_stream,
    web_socket,
)
from masthead.kernel.settings import Settings
from masthead.model import ContentModel
from masthead.rest.people import ClientAddress, read_networks
from masthead.roles.api.metrics import Metrics
from masthead.roles.api.previews import SHOWN
from masthead.store import Change, Database

STREAM = "/graphql/stream"
"""Where an event stream is asked for, besides `/graphql` with `Accept: text/event-stream`."""


@dataclass(frozen=True, slots=True)
class Live:
    """What answers event streams and WebSockets. Tell `on_change` of every change of what is public."""

    clients: Clients
    queries: LiveQueries
    events: ASGIApp
    sockets: WebSocket

    def on_change(self, change: Change | None) -> None:
        """Ask again what it touches."""
        self.queries.on_change(change)


@asynccontextmanager
async def open_live(
    database: Database,
    model: ContentModel,
    settings: Settings,
    engine: Engine,
    documents: Documents,
    metrics: Metrics,
) -> AsyncIterator[Live]:
    """Listening until the block ends."""
    feed = EventFeed(database)
    queries = LiveQueries(engine.finished)
    events = EntryEvents(feed, database.drafts, model, engine.finished, settings.live_waiting)
    clients = Clients(live_bounds(settings))
    streams = Streams(engine, documents, queries, events, model)
    addresses = ClientAddress(read_networks(settings.trusted_proxies))
    live = Live(clients, queries, event_stream(streams, clients, addresses.of), web_socket(streams, clients))
    _measure(metrics, live, events)
    running = [asyncio.create_task(_run(each)) for each in (feed.run(), events.run(), clients.watch())]
    try:
        yield live
    finally:
        clients.close()
        await queries.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def live_bounds(settings: Settings) -> LiveBounds:
    """As the settings say."""
    return LiveBounds(
        settings.live_clients,
        settings.live_clients_each,
        settings.live_operations,
        settings.live_send_seconds,
        settings.live_check_seconds,
    )


class StreamDoor:
    """`live` for who accepts an event stream, else `endpoint`."""

    def __init__(self, endpoint: ASGIApp, live: ASGIApp) -> None:
        self._endpoint = endpoint
        self._live = live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_live = _accepts_events(scope) and SHOWN not in scope  # a preview has no events
        await (self._live if is_live else self._endpoint)(scope, receive, send)


def _accepts_events(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name == b"accept":
            # urql names event streams behind JSON for every query: who takes JSON gets that.
            return b"text/event-stream" in value and b"json" not in value
    return False


async def _run(work: Awaitable[Any]) -> None:
    await work


def _measure(metrics: Metrics, live: Live, events: EntryEvents) -> None:
    clients, queries = live.clients, live.queries
    transports = ("sse", "websocket")
    metrics.add_gauges(
        "live_clients",
        "Open event streams and WebSockets.",
        "transport",
        lambda: {each: clients.count(each) for each in transports},
    )
    metrics.add_gauges(
        "live_operations",
        "Subscriptions, and live queries that differ from each other.",
        "kind",
        lambda: {"subscription": len(events), "query": len(queries)},
    )
    metrics.add_source(
        "live_statements",
        "Statements for subscriptions and live queries.",
        "kind",
        lambda: {"subscription": events.statements, "query": queries.statements},
    )
    metrics.add_source("live_messages", "Results that were sent.", "transport", lambda: clients.sent)
    metrics.add_source("live_dropped", "Clients that were let go.", "reason", lambda: clients.dropped)
