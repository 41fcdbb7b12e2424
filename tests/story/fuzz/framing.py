"""HTTP whose framing is wrong: request lines, lengths, chunks, heads, pipelines, and HTTP/2 that is none."""

import random
from collections.abc import Callable

from tests.story.fuzz.exchange import End, Request, http
from tests.story.fuzz.oddities import damaged, text

BODY = b'{"query":"{ posts(first: 1) { nodes { title } } }"}'
HEAD = b"Host: fuzz.example\r\nContent-Type: application/json\r\n"
LENGTHS = [
    b"0",
    b"1",
    b"-1",
    b"+51",
    b"051",
    b"5 1",
    b"51, 51",
    b"0x33",
    b"1e2",
    b"9" * 18,
    b"9" * 40,
    b"",
    b"\xff",
]
CHUNKS = [
    b"0",
    b"-1",
    b"zz",
    b"33 ",
    b"033",
    b"0x33",
    b"33;a=b",
    b"33;" + b"a" * 9000,
    b"F" * 15,
    b"F" * 40,
    b"",
    b"\xff",
]
TARGETS = [b"/graphql", b"/api/posts", b"/", b"/metrics", b"/assets/x", b"/readyz", b"/posts/post-01"]
LINES = [
    b"GET",
    b"GET /",
    b"GET / HTTP/9.9",
    b"GET / HTTP/1.1 extra",
    b"GET  /  HTTP/1.1",
    b"GET\t/\tHTTP/1.1",
    b" GET / HTTP/1.1",
    b"\r\nGET / HTTP/1.1",
    b"GET / http/1.1",
    b"GET http://other.example/api/posts HTTP/1.1",
    b"GET https://[::1/ HTTP/1.1",
    b"GET //api/posts HTTP/1.1",
    b"GET api/posts HTTP/1.1",
    b"GET /#fragment HTTP/1.1",
    b"GET /\xff\xfe HTTP/1.1",
    b"GET /a\0b HTTP/1.1",
    b"OPTIONS * HTTP/1.1",
    b"CONNECT other.example:443 HTTP/1.1",
    b"G\xc3\x89T / HTTP/1.1",
    b"A" * 9000 + b" / HTTP/1.1",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1",
    b"GET /api/posts?" + b"a=b&" * 16_000 + b" HTTP/1.1",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
]
HEADERS = [
    b"Host: a\r\nHost: b",
    b"Host:",
    b"Host: \xff",
    b"No colon",
    b": no name",
    b"Space before : colon",
    b" Folded: line",
    b"A: b\r\n folded",
    b"A: \0",
    b"A: b\nB: c\rD: e",
    b"A: " + b"a" * 70_000,
    b"a" * 70_000 + b": b",
    b"\r\n".join(b"A%d: b" % each for each in range(300)),
    b"\r\n".join([b"Cookie: a=b"] * 90),
    b"Transfer-Encoding: chunked, identity",
    b"Transfer-Encoding: gzip",
    b"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x",
    b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
    b"Connection: close, keep-alive, \xff",
    b"Expect: 100-continue",
    b"Expect: nothing",
    b"Trailer: Content-Length\r\nTE: trailers",
]
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
ENDS = [End.SHUT] * 8 + [End.DROP, End.HOLD]


def framings(chance: random.Random) -> Request:
    """One connection's bytes. They may ask for nothing: so this side is closed, or all of it."""
    make = chance.choice(FAMILIES)
    return Request(make.__name__.strip("_").replace("_", " "), make(chance), chance.choice(ENDS))


def _request_line(chance: random.Random) -> bytes:
    line = chance.choice(LINES)
    return (damaged(chance, line) if chance.random() < 0.3 else line) + b"\r\n" + HEAD + b"\r\n"


def _length(chance: random.Random) -> bytes:
    """One or two lengths, of which one at most is right; sometimes chunked besides."""
    lengths = [chance.choice([*LENGTHS, b"%d" % len(BODY)]) for _ in range(chance.choice([1, 2]))]
    spelled = b"".join(b"Content-Length: %b\r\n" % each for each in lengths)
    spelled += chance.choice([b"", b"", b"Transfer-Encoding: chunked\r\n"])
    return _line(chance) + HEAD + spelled + b"\r\n" + BODY * chance.choice([0, 1, 1, 3])


def _chunks(chance: random.Random) -> bytes:
    """Sizes that are none or lie, ends that are missing, trailers without end."""
    found = _line(chance) + HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    for _ in range(chance.choice([1, 1, 2, 40])):
        size = chance.choice([*CHUNKS, *[b"%x" % len(BODY)] * 9])
        found += size + chance.choice([b"\r\n", b"\r\n", b"\r\n", b"\n", b""]) + BODY + b"\r\n"
    return found + chance.choice(
        [b"0\r\n\r\n", b"0\r\nA: b\r\n\r\n", b"0\r\n" + b"A: b\r\n" * 5000, b"0\r\n", b""]
    )


def _head(chance: random.Random) -> bytes:
    odd = b"".join(chance.choice(HEADERS) + b"\r\n" for _ in range(chance.choice([1, 1, 2])))
    length = b"Content-Length: %d\r\n" % len(BODY)
    return _line(chance) + HEAD + odd + length + b"\r\n" + BODY


def _truncated(chance: random.Random) -> bytes:
    """A good request, of which the end never comes."""
    return _good(chance)[: -chance.randrange(1, 60)]


def _large_body(chance: random.Random) -> bytes:
    """On both sides of the limit, which is one MiB."""
    body = b'{"query":"' + b" " * chance.choice([2**20 - 100, 2**20, 2**21]) + b'{ __typename }"}'
    return http("POST", chance.choice(TARGETS), "Content-Type: application/json\r\n", body)


def _pipeline(chance: random.Random) -> bytes:
    """Several requests at once; one of them may be damaged."""
    all_of_them = [
        _good(chance).replace(b"Connection: close\r\n", b"") for _ in range(chance.choice([2, 5, 30]))
    ]
    if chance.random() < 0.5:
        place = chance.randrange(len(all_of_them))
        all_of_them[place] = damaged(chance, all_of_them[place])
    return b"".join(all_of_them)


def _bytes(chance: random.Random) -> bytes:
    found = _good(chance)
    for _ in range(chance.choice([1, 2, 5])):
        found = damaged(chance, found)
    return found if chance.random() < 0.9 else chance.randbytes(chance.choice([1, 100, 9000]))


def _http2(chance: random.Random) -> bytes:
    """The preface, then frames of every type whose lengths are right and whose content is anything."""
    found = PREFACE + b"\0\0\0\4\0\0\0\0\0"
    for _ in range(chance.choice([0, 1, 5, 50])):
        content = chance.randbytes(chance.choice([0, 4, 8, 40]))
        kind, flags, stream = chance.randrange(11), chance.randrange(256), chance.choice([0, 1, 3, 2**31 - 1])
        found += len(content).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + content
    return damaged(chance, found) if chance.random() < 0.2 else found


def _line(chance: random.Random) -> bytes:
    version = chance.choice([b"1.1", b"1.1", b"1.1", b"1.0"])
    return (
        chance.choice([b"POST", b"POST", b"GET"])
        + b" "
        + chance.choice(TARGETS)
        + b" HTTP/"
        + version
        + b"\r\n"
    )


def _good(chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        return http("GET", chance.choice(TARGETS), f"X-Request-Id: {text(chance)!a}\r\n"[:8000])
    return http("POST", "/graphql", "Content-Type: application/json\r\n", BODY)


FAMILIES: list[Callable[[random.Random], bytes]] = [
    _request_line, _length, _chunks, _head, _truncated, _large_body, _pipeline, _bytes, _http2,
]  # fmt: skip
