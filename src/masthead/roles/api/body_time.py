"""The one place where it is decided how long the body of a request may be on its way.

A client that sends a byte now and then holds a request, and its memory, for as long as it likes.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.kernel import InputError
from masthead.roles.api.refusing import refuse_api

_BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})


class _LateError(InputError):
    """The body was not whole in time."""


class BodyInTime:
    """Answers 408 where a body is not whole `seconds` after its request began."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _BODILESS:
            await self._app(scope, receive, send)
            return
        body = _Body(receive, self._seconds)
        closing = body.closing(send)
        try:
            await self._app(scope, body.receive, closing)
        except _LateError as error:
            await refuse_api(scope, closing, error)


class _Body:
    """What is still to come of one request."""

    def __init__(self, receive: Receive, seconds: float) -> None:
        self._receive = receive
        self._seconds = seconds
        self._until = asyncio.get_running_loop().time() + seconds
        self._is_whole = False
        self._is_late = False

    async def receive(self) -> Message:
        """The next message. Raises _LateError: an InputError to whoever answers it in its own way."""
        if self._is_whole:  # whoever listens on waits for the client to leave, as long as it stays
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError as error:
            self._is_late = True
            raise _LateError(
                "request-timeout",
                f"The body was not whole within {self._seconds:g} s.",
                "Send it faster, or less of it.",
            ) from error
        self._is_whole = message["type"] != "http.request" or not message.get("more_body")
        return message

    def closing(self, send: Send) -> Send:
        """`send`, which closes the connection behind a late body: nobody reads the rest of it."""

        async def send_closing(message: Message) -> None:
            if self._is_late and message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
            await send(message)

        return send_closing
