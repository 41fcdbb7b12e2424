"""The one place where it is decided how long the body of a request may be on its way.

A client that sends a byte now and then holds a request, and its memory, for as long as it likes.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.kernel import InputError
from masthead.roles.api.deadlines import Deadlines
from masthead.roles.api.refusing import refuse_api

_BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})


class _LateError(InputError):
    """The body was not whole in time."""


class BodyInTime:
    """Answers 408 where a body is not whole `seconds` after its request began, and has the connection closed
    behind it: nobody reads the rest. Made where its event loop runs."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._deadlines = Deadlines(seconds, asyncio.get_running_loop())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _BODILESS:
            await self._app(scope, receive, send)
            return
        body = _Body(scope, receive, self._deadlines)
        self._deadlines.begin(body)
        try:
            await self._app(scope, body.receive, send)
        except _LateError as error:
            await refuse_api(scope, send, error)
        finally:
            self._deadlines.end(body)


class _Body:
    """What is still to come of one request."""

    __slots__ = ("_deadlines", "_is_late", "_is_whole", "_receive", "_scope", "_waiting")

    def __init__(self, scope: Scope, receive: Receive, deadlines: Deadlines) -> None:
        self._scope = scope
        self._receive = receive
        self._deadlines = deadlines
        self._waiting: asyncio.Task[object] | None = None
        self._is_whole = False
        self._is_late = False

    async def receive(self) -> Message:
        """The next message. Raises _LateError: an InputError to whoever answers it in its own way."""
        if self._is_whole:  # whoever listens on waits for the client to leave, as long as it stays
            return await self._receive()
        if self._is_late:
            raise self._too_late()
        self._waiting = task = asyncio.current_task()
        before = task.cancelling() if task is not None else 0
        try:
            message = await self._receive()
        except asyncio.CancelledError:
            # As asyncio.timeout tells its own from what others cancel, who then come first.
            if not self._is_late or task is None or task.uncancel() > before:
                raise
            raise self._too_late() from None
        finally:
            self._waiting = None
        if message["type"] != "http.request" or not message.get("more_body"):
            self._is_whole = True
            self._deadlines.end(self)
        return message

    def cut(self) -> None:
        """Its time is over: whoever waits for it waits no longer, and nobody will."""
        self._is_late = True
        if self._waiting is not None:
            self._waiting.cancel()

    def _too_late(self) -> _LateError:
        if (note := self._scope.get("masthead.note")) is not None:
            note.is_last = True
        return _LateError(
            "request-timeout",
            f"The body was not whole within {self._deadlines.seconds:g} s.",
            "Send it faster, or less of it.",
        )
