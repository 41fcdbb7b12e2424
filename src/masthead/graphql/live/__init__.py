"""Subscriptions and live queries: what is told as it happens, and over which protocols."""

from masthead.graphql.live.clients import Clients, IsStill, LiveBounds
from masthead.graphql.live.entry_events import EntryEvents
from masthead.graphql.live.event_stream import event_stream
from masthead.graphql.live.queries import LiveQueries
from masthead.graphql.live.streams import Streams
from masthead.graphql.live.web_socket import Admission, WebSocket, web_socket

__all__ = [
    "Admission",
    "Clients",
    "EntryEvents",
    "IsStill",
    "LiveBounds",
    "LiveQueries",
    "Streams",
    "WebSocket",
    "event_stream",
    "web_socket",
]
