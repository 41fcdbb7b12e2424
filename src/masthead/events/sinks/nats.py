"""NATS JetStream: each event a message, which the server keeps once however often it is sent."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import orjson
import structlog

from masthead.events.envelope import MEDIA_TYPE
from masthead.kernel import InputError, UnavailableError

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.js.client import JetStreamContext

log = structlog.get_logger("masthead.events")

PATIENCE = 8.0
"""Seconds that connecting, or having all of a batch acknowledged, may take."""

DUPLICATES = 24 * 3600.0
"""Seconds that a stream made by us remembers ids: longer than a bridge is usually down between two tries."""


class NatsSink:
    """Sends to subjects `<prefix>.<type>` of the stream `stream`, and makes that where there is none.

    The message's id is the event's, so the server drops what it has already. Raises InputError where the
    library is not installed.
    """

    name = "nats"

    def __init__(self, url: str, stream: str = "masthead", prefix: str = "masthead") -> None:
        try:
            import nats  # noqa: F401 - an extra that not everybody installs
        except ImportError as error:
            raise InputError(
                "nats-missing",
                "MASTHEAD_NATS_URL is set, and the library that speaks to NATS is not installed.",
                "Install `masthead[nats]`, or take the setting away.",
            ) from error
        self._url = url
        self._stream = stream
        self._prefix = prefix
        self._client: Client | None = None
        self._context: JetStreamContext | None = None

    async def send(self, events: Sequence[dict[str, Any]]) -> None:
        """Hand over the events. Raises UnavailableError where the server does not acknowledge all of them."""
        try:
            async with asyncio.timeout(PATIENCE):
                context = await self._open()
                for each in events:
                    await self._publish(context, each)
        except Exception as error:  # the library raises classes of its own, and those of sockets
            await self.close()
            raise UnavailableError(
                "nats-unavailable",
                f"NATS did not take the events: {type(error).__name__} {error}".strip() + ".",
                "They are kept and sent again. See that the server runs, has JetStream and room.",
            ) from error

    async def close(self) -> None:
        """Let go of the connection; the next `send` opens another."""
        client, self._client, self._context = self._client, None, None
        if client is not None:
            await client.close()

    async def _open(self) -> "JetStreamContext":
        import nats
        from nats.js.errors import NotFoundError

        if self._client is None or self._client.is_closed or self._context is None:
            self._client = await nats.connect(
                self._url, allow_reconnect=False, connect_timeout=PATIENCE, error_cb=_note
            )
            self._context = self._client.jetstream(timeout=PATIENCE)
            try:
                await self._context.stream_info(self._stream)
            except NotFoundError:
                await self._make_stream(self._context)
        return self._context

    async def _make_stream(self, context: "JetStreamContext") -> None:
        from nats.js.api import StreamConfig

        subjects = [f"{self._prefix}.>"]
        await context.add_stream(
            StreamConfig(name=self._stream, subjects=subjects, duplicate_window=DUPLICATES)
        )
        log.info("nats.stream_made", stream=self._stream, subjects=subjects)

    async def _publish(self, context: "JetStreamContext", event: dict[str, Any]) -> None:
        """One after the other: the stream has them in the order of their positions."""
        headers = {"Nats-Msg-Id": event["id"], "content-type": f"{MEDIA_TYPE}; charset=utf-8"}
        await context.publish(
            f"{self._prefix}.{event['type']}", orjson.dumps(event), stream=self._stream, headers=headers
        )


async def _note(error: Exception) -> None:
    log.warning("nats.trouble", error=str(error))
