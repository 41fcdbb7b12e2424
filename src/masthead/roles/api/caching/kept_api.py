"""GraphQL and REST from memory: a layer around an endpoint, in the place of `Compressed`.

A request is known by its bytes: no JSON is read for an answer that is kept. Only what was asked before, and
lately, is kept: what is asked once costs a hash. Kept are answers to nobody in particular, about what is
public, with status 200, of which it is known what they depend on.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.access import ANONYMOUS
from masthead.graphql import PLAN
from masthead.query.dependencies import Dependencies
from masthead.roles.api.caching.cdn import Cdn
from masthead.roles.api.caching.doorkeeper import Doorkeeper
from masthead.roles.api.caching.fills import DEPENDS, FILL, Fills
from masthead.roles.api.caching.freshness import Freshness
from masthead.roles.api.caching.kept_answer import KeptAnswer, record
from masthead.roles.api.caching.memory import Filling, Memory
from masthead.roles.api.compression import Compressed

LONGEST = 16 * 1024
"""Bytes of a request that is looked up; a longer one goes past."""

SHELF = "answers"


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the layers of all APIs share."""

    memory: Memory[KeptAnswer]
    freshness: Freshness
    fills: Fills
    door: Doorkeeper
    cdn: Cdn


class KeptApi:
    """Answers from memory, or lets `app` answer: one that sends whole bodies, not encoded."""

    def __init__(self, app: ASGIApp, keeping: Keeping) -> None:
        self._app = app
        self._compressed = Compressed(app)
        self._memory = keeping.memory
        self._freshness = keeping.freshness
        self._fills = keeping.fills
        self._door = keeping.door
        self._cdn = keeping.cdn
        self._unkept = Doorkeeper()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        accept = kind = length = word = b""
        for name, value in scope["headers"]:
            if name == b"accept":
                accept = value
            elif name == b"content-type":
                kind = value
            elif name == b"content-length":
                length = value
            elif name == FILL:
                word = value
        if word and _SHOWN not in scope:
            await self._fills.answer(self._compressed, scope, receive, send, word)
            return
        if not self._memory.capacity or not _is_everybodys(scope) or _is_stream(accept):
            await self._compressed(scope, receive, send)
            return
        method, body = scope["method"], b""
        if method == "POST":
            message = await receive()
            body, receive = message.get("body", b""), _again(message, receive)
            is_whole = not message.get("more_body") or length == b"%d" % len(body)
            if not is_whole or message["type"] != "http.request":
                method = "PART"
        if method not in ("GET", "HEAD", "POST") or len(body) + len(scope["query_string"]) > LONGEST:
            await self._compressed(scope, receive, send)
            return
        key = (scope["path"], scope["query_string"], method == "POST", accept, kind, body)
        await self._keyed(key, scope, receive, send)

    async def _keyed(self, key: Hashable, scope: Scope, receive: Receive, send: Send) -> None:
        memory, freshness = self._memory, self._freshness
        is_asked_again = memory.has(key) or self._door.note(key) or self._is_for_others(scope)
        is_worth_it = is_asked_again and key not in self._unkept
        if not is_worth_it:
            await self._compressed(scope, receive, send)
            return
        if not freshness.is_fresh() and not await freshness.ensure():
            memory.counts["bypass"] += 1
            await self._compressed(scope, receive, send)
            return
        # Nothing is waited for between that look and this one.
        kept = memory.hit(key)
        if kept is None:
            filling, outcome = await memory.get(key, lambda: self._make(key, scope, receive))
            scope["masthead.note"].cache = outcome
            kept = filling.value
            if filling.shelf is None:
                if kept.status == 200:
                    self._unkept.note(key)
                if outcome == "joined":  # what cannot be kept may have been meant for the other one alone
                    await self._compressed(scope, receive, send)
                    return
            if filling.is_touched:
                send = self._cdn.unkept(send)
        else:
            scope["masthead.note"].cache = "hit"
        await kept.send(scope, send)

    def _is_for_others(self, scope: Scope) -> bool:
        """Whether a CDN may keep it: then it must be known what it depends on, the first time already."""
        return self._cdn.is_there and scope["method"] != "POST"

    async def _make(self, key: Hashable, scope: Scope, receive: Receive) -> Filling[KeptAnswer]:
        found: list[Dependencies | None] = []
        headers = [each for each in scope["headers"] if each[0] != b"if-none-match"]
        asked = {**scope, "headers": headers, DEPENDS: found}
        start, message = await record(self._app, asked, receive)
        if PLAN in asked:
            scope[PLAN] = asked[PLAN]
        dependencies = found[0] if len(found) == 1 else None
        is_kept = start["status"] == 200 and dependencies is not None and not _registers(key)
        if is_kept and self._is_for_others(scope) and (b"cache-control", b"no-store") not in start["headers"]:
            start["headers"] = [*start["headers"], *self._cdn.headers(dependencies)]
        answer = KeptAnswer(start["status"], start["headers"], message.get("body", b""))
        return Filling(answer, answer.size + _size(key), SHELF if is_kept else None, dependencies)


_SHOWN = "masthead.preview"
"""What `previews` puts into a scope: it is for one reader."""


def _is_everybodys(scope: Scope) -> bool:
    return scope.get("masthead.viewer", ANONYMOUS).is_anonymous and _SHOWN not in scope


def _again(first: Message, receive: Receive) -> Receive:
    """What was received already, and then the rest."""
    waiting = [first]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again


def _registers(key: Hashable) -> bool:
    """Whether a request may bring a document along that others will only name (Apollo's persisted queries):
    that must reach the endpoint each time, or it would be forgotten there for good."""
    parts = [part for part in key if isinstance(part, bytes)] if isinstance(key, tuple) else []
    return any(b"sha256Hash" in part and b"query" in part.replace(b"persistedQuery", b"") for part in parts)


def _size(key: Hashable) -> int:
    return sum(len(part) for part in key if isinstance(part, bytes | str)) if isinstance(key, tuple) else 0


def _is_stream(accept: bytes) -> bool:
    """urql names event streams behind JSON for every query, and gets JSON."""
    return b"event-stream" in accept and b"json" not in accept
