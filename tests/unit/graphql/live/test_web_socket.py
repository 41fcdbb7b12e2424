"""graphql-transport-ws, message by message: what is accepted, what closes the socket, and with which code."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

import pytest

from masthead.access import ANONYMOUS, Viewer
from masthead.graphql.limits import Limits
from masthead.graphql.live import Admission, Clients, LiveBounds, Streams, web_socket
from masthead.graphql.live.mailbox import Mailbox, Payload, Wake
from masthead.graphql.request import Parameters
from masthead.kernel import AccessError

INIT = {"type": "connection_init"}
SUBSCRIBE = {"type": "subscribe", "id": "1", "payload": {"query": "{ site { title } }"}}


class OneAnswer:
    """Streams of ours: each operation has one answer, or never ends."""

    limits = Limits(request_bytes=10_000)

    async def open(self, asked: Parameters, viewer: Viewer, wake: Wake, last: str | None = None) -> Mailbox:
        """A mailbox with an answer in it."""
        mailbox = Mailbox(wake)
        if asked.query != "endless":
            mailbox.end(Payload(b'{"data":1}', is_refusal=asked.query == "refused"))
        return mailbox


class Socket:
    """A client: what it has heard, and the code that it was closed with."""

    def __init__(self, *messages: Any, stalls: bool = False) -> None:
        self._messages = [
            {"type": "websocket.connect"},
            *({"type": "websocket.receive", "text": _text(each)} for each in messages),
        ]
        self._stalls = stalls
        self.heard: list[dict[str, Any]] = []
        self.code: int | None = None
        self.closed = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        """The next message; when all is said, the client waits to be closed."""
        if not self._messages:
            await self.closed.wait()
            return {"type": "websocket.disconnect"}
        await asyncio.sleep(0.01)  # others have their turn, as between two packets
        return self._messages.pop(0)

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """What the server sends."""
        if message["type"] == "websocket.send":
            if self._stalls:
                await asyncio.Event().wait()
            self.heard.append(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            self.code = message["code"]
            self.closed.set()


def _text(message: Any) -> str:
    return message if isinstance(message, str) else json.dumps(message)


async def spoken(
    socket: Socket, bounds: LiveBounds | None = None, protocol: str = "graphql-transport-ws"
) -> Socket:
    """The client, when it was closed, or has heard `complete` or `error`."""

    async def recognise(token: str) -> tuple[Viewer, Callable[[], Awaitable[bool]]]:
        raise AccessError("token-invalid", f"{token} is not valid.", "Make another one.")

    clients = Clients(bounds or LiveBounds(init_seconds=0.5, send_seconds=0.2))
    speak = web_socket(cast("Streams", OneAnswer()), clients)
    admission = Admission(ANONYMOUS, "127.0.0.1", None, recognise)
    task = asyncio.create_task(speak({"subprotocols": [protocol]}, socket.receive, socket.send, admission))
    async with asyncio.timeout(20):
        while not task.done() and not any(each["type"] in ("complete", "error") for each in socket.heard):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    socket.closed.set()
    await task
    assert clients.count("websocket") == 0
    return socket


async def test_an_operation_is_answered_and_completed() -> None:
    """In the order of the protocol."""
    socket = await spoken(Socket(INIT, SUBSCRIBE))
    assert socket.heard == [
        {"type": "connection_ack"},
        {"id": "1", "type": "next", "payload": {"data": 1}},
        {"id": "1", "type": "complete"},
    ]


ENDLESS = {"type": "subscribe", "id": "1", "payload": {"query": "endless"}}

CLOSING: dict[str, tuple[list[Any], int]] = {
    "no JSON": (["{"], 4400),
    "no object": (["[]"], 4400),
    "an unknown type": ([{"type": "nothing"}], 4400),
    "an id that is none": ([INIT, {**SUBSCRIBE, "id": 1}], 4400),
    "an operation before the beginning": ([SUBSCRIBE], 4401),
    "two beginnings": ([INIT, INIT], 4429),
    "one id twice": ([INIT, ENDLESS, ENDLESS], 4409),
    "too long": ([INIT, {**SUBSCRIBE, "payload": {"query": "x" * 20_000}}], 1009),
    "a token that is none": ([{**INIT, "payload": {"authorization": "Bearer mh_x"}}], 4403),
    "no bearer": ([{**INIT, "payload": {"authorization": 7}}], 4400),
    "nothing at all": ([], 4408),
}


@pytest.mark.parametrize(("messages", "code"), CLOSING.values(), ids=CLOSING)
async def test_what_is_wrong_closes_the_socket(messages: list[Any], code: int) -> None:
    """With the protocol's code."""
    assert (await spoken(Socket(*messages))).code == code


async def test_another_protocol_is_not_spoken() -> None:
    """Such as the older graphql-ws."""
    assert (await spoken(Socket(), protocol="graphql-ws")).code == 4406


async def test_who_takes_nothing_is_dropped() -> None:
    """After `send_seconds`, with a code that asks to come again later."""
    assert (await spoken(Socket(INIT, SUBSCRIBE, stalls=True))).code == 1013


async def test_there_is_room_for_so_many() -> None:
    """The next one is turned away."""
    assert (await spoken(Socket(INIT), LiveBounds(clients=0))).code == 1013


async def test_a_socket_has_so_many_operations() -> None:
    """One more is an error of its own; the socket stays."""
    socket = await spoken(Socket(INIT, ENDLESS, {**ENDLESS, "id": "2"}), LiveBounds(operations=1))
    assert socket.heard[-1]["payload"][0]["extensions"]["code"] == "OPERATIONS_EXCEEDED"
    assert socket.code is None
