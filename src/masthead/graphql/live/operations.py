"""The operations of one WebSocket, by the ids that its client gives them."""

import asyncio
from typing import Any

import orjson

from masthead.access import Viewer
from masthead.graphql.errors import RefusedError
from masthead.graphql.limits import exceeded
from masthead.graphql.live.mailbox import Mailbox, Payload
from masthead.graphql.live.socket_writer import SocketWriter
from masthead.graphql.live.streams import Streams
from masthead.graphql.request import Parameters, read_parameters


class SocketOperations:
    """At most `most` at a time."""

    def __init__(self, streams: Streams, writer: SocketWriter, most: int) -> None:
        self._streams = streams
        self._writer = writer
        self._most = most
        self._open: dict[str, _Operation] = {}

    def __contains__(self, id_: str) -> bool:
        return id_ in self._open

    def open(self, id_: str, payload: dict[str, Any], viewer: Viewer) -> None:
        """Begin what the client asks. Never raises for what it sent."""
        try:
            self._check_room()
            asked = read_parameters(payload)
        except RefusedError as error:
            self._writer.say(_message(id_, "error", _errors(error.body())))
            return
        operation = self._open[id_] = _Operation(id_, self, self._writer)
        operation.task = asyncio.create_task(operation.run(self._streams, asked, viewer))

    def _check_room(self) -> None:
        if len(self._open) >= self._most:
            sent = f"The socket has {len(self._open)} operations"
            raise RefusedError([exceeded("operations", self._most, sent, "Complete one.")])

    def end(self, id_: str) -> None:
        """The client wants no more of it. One that is over already is none."""
        operation = self._open.pop(id_, None)
        if operation is not None:
            operation.close()

    def close(self) -> None:
        """End all."""
        for id_ in [*self._open]:
            self.end(id_)


class _Operation:
    __slots__ = ("_id", "_is_closed", "_mailbox", "_operations", "_writer", "task")

    def __init__(self, id_: str, operations: SocketOperations, writer: SocketWriter) -> None:
        self._id = id_
        self._operations = operations
        self._writer = writer
        self._mailbox: Mailbox | None = None
        self._is_closed = False
        self.task: asyncio.Task[None] | None = None

    async def run(self, streams: Streams, asked: Parameters, viewer: Viewer) -> None:
        self._mailbox = await streams.open(asked, viewer, self._wake)
        self.task = None
        self._wake()

    def messages(self) -> list[bytes]:
        """What there is to say now."""
        mailbox = self._mailbox
        if mailbox is None or self._is_closed:
            return []
        is_over = mailbox.is_over
        payloads = mailbox.drain()
        found = [self._spelled(each) for each in payloads]
        if is_over:
            self._operations.end(self._id)
            if not (payloads and payloads[-1].is_refusal):
                found.append(_message(self._id, "complete"))
        return found

    def close(self) -> None:
        self._is_closed = True
        if self.task is not None:
            self.task.cancel()
        if self._mailbox is not None:
            self._mailbox.close()

    def _wake(self) -> None:
        self._writer.ready(self)

    def _spelled(self, payload: Payload) -> bytes:
        if payload.is_refusal:
            return _message(self._id, "error", _errors(payload.body))
        return _message(self._id, "next", payload.body)


def _message(id_: str, type_: str, payload: bytes | None = None) -> bytes:
    more = b"" if payload is None else b',"payload":%b' % payload
    return b'{"id":%b,"type":"%b"%b}' % (orjson.dumps(id_), type_.encode(), more)


def _errors(body: bytes) -> bytes:
    return orjson.dumps(orjson.loads(body)["errors"])
