"""Which other origins' pages may call the APIs from a browser (the Fetch standard, section 3.2)."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_AGE = b"7200"
"""Seconds that a browser may remember a preflight; none remembers longer (Chromium)."""

_EXPOSED = b"etag, link, server-timing, x-request-id"


class Cors:
    """Answers preflights, and lets pages of `origins` read replies. The APIs know no cookies, so no reply
    allows credentials. `*` allows every origin."""

    def __init__(self, app: ASGIApp, origins: str, methods: str = "GET, POST") -> None:
        self._app = app
        self._methods = methods.encode()
        self._origins = {each.strip().rstrip("/").encode() for each in origins.split(",") if each.strip()}
        self._is_open = b"*" in self._origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        origin = headers.get(b"origin")
        if origin is None or not (self._is_open or origin in self._origins):
            await self._app(scope, receive, send if self._is_open else _varying(send))
        elif scope["method"] == "OPTIONS" and b"access-control-request-method" in headers:
            await self._preflight(headers, origin, send)
        else:
            await self._app(scope, receive, self._allowing(origin, send))

    async def _preflight(self, headers: dict[bytes, bytes], origin: bytes, send: Send) -> None:
        asked = headers.get(b"access-control-request-headers", b"content-type")
        allowed = [
            *self._allowed(origin),
            (b"access-control-allow-methods", self._methods),
            (b"access-control-allow-headers", asked),
            (b"access-control-max-age", MAX_AGE),
            (b"content-length", b"0"),
        ]
        await send({"type": "http.response.start", "status": 204, "headers": allowed})
        await send({"type": "http.response.body", "body": b""})

    def _allowed(self, origin: bytes) -> list[tuple[bytes, bytes]]:
        if self._is_open:
            return [(b"access-control-allow-origin", b"*")]
        return [(b"access-control-allow-origin", origin), (b"vary", b"origin")]

    def _allowing(self, origin: bytes, send: Send) -> Send:
        own = [*self._allowed(origin), (b"access-control-expose-headers", _EXPOSED)]

        async def send_allowing(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *own]}
            await send(message)

        return send_allowing


def _varying(send: Send) -> Send:
    """Without it a shared cache would give this reply to those who may have another."""

    async def send_varying(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"vary", b"origin")]}
        await send(message)

    return send_varying
