"""An answer over HTTP: what is sent, its strong ETag, and 304 for whoever has it already (RFC 9110)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from masthead.rest.problem import MEDIA_TYPE, Problem

Header = tuple[bytes, bytes]

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers and body; Content-Length is added when it is sent."""

    status: int
    body: bytes
    headers: list[Header] = field(default_factory=list)


def found(
    body: bytes, cache_control: bytes, link: bytes | None, known: bytes, head: str | None = None
) -> Reply:
    """What was asked for; nothing but its headers where `known`, the If-None-Match, has its ETag. That of a
    draft begins with its `head`, so that it can be sent as If-Match."""
    digest = hashlib.sha256(body).hexdigest()[:32]
    etag = b'"%b"' % (digest if head is None else f"{head}.{digest}").encode()
    headers = [(b"etag", etag), (b"cache-control", cache_control)]
    if link is not None:
        headers.append((b"link", link))
    if known and _matches(known, etag):
        return Reply(304, b"", headers)
    return Reply(200, body, [(b"content-type", JSON.encode()), *headers])


def refused(problem: Problem) -> Reply:
    """A problem. Nobody may keep it."""
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"cache-control", b"no-store"), *_more(problem)]
    return Reply(problem.status, problem.body(), headers)


def private(reply: Reply) -> Reply:
    """The answer to who is signed in: it is nobody else's."""
    kept = [each for each in reply.headers if each[0] != b"cache-control"]
    own = [(b"cache-control", b"private, no-store"), (b"vary", b"authorization, cookie")]
    return Reply(reply.status, reply.body, [*kept, *own])


@lru_cache(maxsize=256)
def accepts_json(accept: bytes) -> bool:
    """Whether an Accept header (RFC 9110, section 12.5.1) allows JSON, as an empty one does."""
    if not accept:
        return True
    weights = dict(_ranges(accept.decode("latin-1").lower()))
    for known in (JSON, "application/*", "*/*"):
        if known in weights:
            return weights[known] > 0
    return False


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        try:
            yield name, float(weight)
        except ValueError:
            continue


def _matches(known: bytes, etag: bytes) -> bool:
    """If-None-Match compares weakly (section 13.1.2)."""
    return known.strip() == b"*" or any(
        candidate.strip().removeprefix(b"W/") == etag for candidate in known.split(b",")
    )


def _more(problem: Problem) -> Iterable[Header]:
    match problem.status:
        case 405:
            yield b"allow", (problem.allow or "GET, HEAD").encode()
        case 503 | 504:
            yield b"retry-after", b"1"
        case _:
            return
