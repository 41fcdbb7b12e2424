"""REST over HTTP as a bare ASGI application: between the socket and the service stands nothing that HTTP
does not ask for."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import structlog

from masthead.access import ANONYMOUS, Viewer
from masthead.kernel import InputError, MastheadError
from masthead.rest.address import ROOT
from masthead.rest.index import index
from masthead.rest.links import link_header
from masthead.rest.openapi import openapi_json
from masthead.rest.problem import INTERNAL, Problem, problem_of, refuse
from masthead.rest.query_string import read_query_string
from masthead.rest.reply import JSON, Reply, accepts_json, found, private, refused
from masthead.rest.service import Rest
from masthead.rest.writing import Writing

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

CACHE_CONTROL = "public, max-age=0, must-revalidate"
"""Kept by whoever likes, shown only after asking whether it is still so: for a 304 that costs little."""

DEPENDS = "masthead.depends"
"""Where a scope has a list, an answer puts into it what it depends on: `Dependencies`, or None."""

OPENAPI = f"{ROOT}/openapi.json"

log = structlog.get_logger("masthead.rest")


def rest_endpoint(
    rest: Rest, cache_control: str = CACHE_CONTROL, writing: Writing | None = None
) -> Application:
    """An ASGI application for `/api` and everything under it; without `writing` it is only read. HEAD is
    answered with the body of GET, which whoever encodes it on its way needs, and whoever sends it leaves
    out."""
    return _Endpoint(rest, cache_control.encode("latin-1"), writing)


class _Endpoint:
    def __init__(self, rest: Rest, cache_control: bytes, writing: Writing | None) -> None:
        self._rest = rest
        self._writing = writing
        self._cache_control = cache_control
        catalogue = index(rest.resources)
        self._constants: Mapping[str, bytes] = {
            ROOT: catalogue,
            f"{ROOT}/": catalogue,
            OPENAPI: openapi_json(rest.resources.model, rest.limits),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        try:
            reply = await self._answer(scope, headers, receive)
        except InputError as error:
            reply = refused(problem_of(error))
        except MastheadError as error:
            log.warning("rest.failed", path=scope["path"], code=error.code, **error.context)
            reply = refused(problem_of(error))
        except Exception:  # the boundary: a client gets an answer, the log gets the reason
            log.exception("rest.crashed", path=scope["path"])
            reply = refused(Problem(500, INTERNAL, "The server failed.", "Its log says why."))
        viewer: Viewer = scope.get("masthead.viewer", ANONYMOUS)
        await _send(reply if viewer.is_anonymous else private(reply), send)

    async def _answer(self, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive) -> Reply:
        if not accepts_json(headers.get(b"accept", b"")):
            raise refuse("not-acceptable", "The client does not take JSON.", f"Accept {JSON}.")
        if self._writing is not None and scope["path"] not in self._constants:
            reply = await self._writing.answer(scope, receive)
            if reply is not None:
                return reply
        if scope["method"] not in ("GET", "HEAD"):
            raise refuse("method-not-allowed", f"{scope['method']} is not possible here.", "Use GET or HEAD.")
        path, query, known = scope["path"], scope["query_string"], headers.get(b"if-none-match", b"")
        constant = self._constants.get(path)
        if constant is not None:
            self._check_no_parameters(query)
            return found(constant, self._cache_control, None, known)
        viewer: Viewer = scope.get("masthead.viewer", ANONYMOUS)
        if DEPENDS in scope:
            answer, depends = await self._rest.get_traced(path, query, viewer)
            scope[DEPENDS].append(depends)
        else:
            answer = await self._rest.get(path, query, viewer)
        link = link_header(path, query, answer.body) if answer.is_list else None
        # What failed now may be there next time: nobody keeps an answer that has holes.
        cache_control = b"no-store" if answer.is_incomplete else self._cache_control
        return found(answer.body, cache_control, link, known)

    def _check_no_parameters(self, query: bytes) -> None:
        for name in read_query_string(query, self._rest.limits.query_bytes):
            raise refuse(
                "parameter-unknown", f"There is no parameter `{name[:120]}` here.", "Leave it out.", name
            )


async def _send(reply: Reply, send: Send) -> None:
    """A 304 tells no length (RFC 9110, section 8.6)."""
    headers = reply.headers
    if reply.status != 304:
        headers = [*headers, (b"content-length", str(len(reply.body)).encode())]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})
