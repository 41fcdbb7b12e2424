"""The outermost layer: every request has an id, a log line, its measures, and the headers that protect."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from uuid import UUID

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.kernel import MastheadError
from masthead.roles.api.methods import NEVER, refuse_method
from masthead.roles.api.metrics import Metrics
from masthead.roles.api.plain import answer_plainly
from masthead.roles.api.security import EVERYWHERE, NOTHING, Header
from masthead.roles.api.server_timing import server_timing
from masthead.store import measured

log = structlog.get_logger("masthead.api")

_ID = re.compile(rb"[A-Za-z0-9_.-]{8,64}")


@dataclass(slots=True)
class Note:
    """What the layers below tell of a request: `scope["masthead.note"]`. `is_last`: the connection is closed
    behind its answer."""

    request_id: str
    route: str
    cache: str | None = None
    error: MastheadError | None = None
    account: UUID | None = None
    is_last: bool = False
    status: int = 0
    sent: int = 0


class Access:
    """Wraps the application; nothing that goes wrong below it reaches a client as more than a code."""

    def __init__(
        self, app: ASGIApp, metrics: Metrics, *, has_timing: bool = False, more: tuple[Header, ...] = ()
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._has_timing = has_timing
        self._headers = (*EVERYWHERE, *more)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = perf_counter()
        note = scope["masthead.note"] = Note(_request_id(scope), route_class(scope["path"]))
        async with measured() as spent:
            timing = partial(server_timing, scope, spent, start) if self._has_timing else None
            await self._answer(scope, receive, _protected(note, send, self._headers, timing), note)
        seconds = perf_counter() - start
        metrics = self._metrics
        metrics.requests.add(note.route, note.status, seconds, note.sent, spent.statements, spent.seconds)
        _log_request(scope, note, seconds, spent.statements, spent.seconds)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, note: Note) -> None:
        try:
            if scope["method"] in NEVER:
                await refuse_method(scope, send, note.route)
            else:
                await self._app(scope, receive, send)
        except Exception:
            log.exception("request.failed", path=_logged(scope["path"]), request=note.request_id)
            if note.status == 0:
                text = f"Something went wrong here. Request {note.request_id}."
                await answer_plainly(scope, receive, send, 500, text)


_PREFIXES = (
    ("/graphql", "graphql"),
    ("/api/", "rest"),
    ("/assets/", "asset"),
    ("/_next/static/", "static"),
    ("/_fonts/", "static"),
    ("/_islands/", "static"),
    ("/explorer/", "static"),
    ("/-/", "changes"),
    ("/healthz", "health"),
    ("/readyz", "health"),
    ("/metrics", "metrics"),
)
_NO_PAGE = tuple(prefix for prefix, _ in _PREFIXES)


def route_class(path: str) -> str:
    """The label of a request: one of nine words. `Note.route` has it already."""
    if path.startswith(_NO_PAGE):
        for prefix, name in _PREFIXES:
            if path.startswith(prefix):
                return name
    return "rest" if path == "/api" else "page"


def _logged(path: str) -> str:
    """A path without the secret that a preview link is."""
    return f"{_PREVIEW}…" if path.startswith(_PREVIEW) and path != f"{_PREVIEW}leave" else path


_PREVIEW = "/-/preview/"


def _request_id(scope: Scope) -> str:
    """The proxy's own id where it gave a harmless one, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ID.fullmatch(value):
            return str(value, "ascii")
    return os.urandom(8).hex()


def _protected(
    note: Note, send: Send, everywhere: tuple[Header, ...], timing: Callable[[], Header] | None
) -> Send:
    async def send_protected(message: Message) -> None:
        if message["type"] == "http.response.start":
            note.status = message["status"]
            headers = [*message["headers"], *everywhere, (b"x-request-id", note.request_id.encode())]
            if not _has_policy(headers):
                headers.append((b"content-security-policy", NOTHING))
            if note.is_last:
                headers.append((b"connection", b"close"))
            if timing is not None:
                headers.append(timing())
            message = {**message, "headers": headers}
        elif message["type"] == "http.response.body":
            note.sent += len(message.get("body", b""))
        await send(message)

    return send_protected


def _has_policy(headers: list[Header]) -> bool:
    for name, _ in headers:  # noqa: SIM110 - a generator costs twice as much, and every answer comes by here
        if name == b"content-security-policy":
            return True
    return False


def _log_request(scope: Scope, note: Note, seconds: float, statements: int, sql_seconds: float) -> None:
    is_quiet = note.route in ("health", "metrics") and note.status < 400
    line: dict[str, object] = {
        "method": scope["method"],
        "path": _logged(scope["path"]),
        "status": note.status,
        "ms": round(seconds * 1000, 2),
        "bytes": note.sent,
        "request": note.request_id,
    }
    if note.cache:
        line["cache"] = note.cache
    if note.account:
        line["account"] = str(note.account)
    if statements:
        line |= {"sql": statements, "sql_ms": round(sql_seconds * 1000, 2)}
    if note.error:
        line = {"error": note.error.code, **note.error.context} | line  # whose own words stay what they are
    level = "debug" if is_quiet else "warning" if note.status >= 500 else "info"
    getattr(log, level)("request", **line)
