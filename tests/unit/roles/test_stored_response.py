"""Responses that are sent again and again: encodings, ETags, 304, HEAD."""

import gzip

import brotli
import pytest
from starlette.types import Message, Scope

from masthead.roles.api.encodings import preferred_encodings
from masthead.roles.api.stored_response import StoredResponse, store_response

PAGE = b"<p>Hello</p>" * 100
HTML = [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-cache")]


async def ask(
    response: StoredResponse, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one answer."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: Scope = {"type": "http", "method": method, "headers": raw}
    await response.send(scope, send)
    start, body = sent
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body["body"]


async def test_each_client_gets_the_encoding_that_it_takes() -> None:
    """Brotli where it is understood, else gzip, else the bytes."""
    response = await store_response(200, HTML, PAGE)
    status, headers, body = await ask(response, accept_encoding="gzip, deflate, br")
    assert (status, headers["content-encoding"], brotli.decompress(body)) == (200, "br", PAGE)
    _, headers, body = await ask(response, accept_encoding="gzip")
    assert (headers["content-encoding"], gzip.decompress(body)) == ("gzip", PAGE)
    _, headers, body = await ask(response)
    assert "content-encoding" not in headers
    assert body == PAGE
    assert headers["vary"] == "accept-encoding"


async def test_each_encoding_has_its_own_strong_etag() -> None:
    """Two bodies, two tags (RFC 9110, section 8.8.3)."""
    response = await store_response(200, HTML, PAGE)
    tags = {(await ask(response, accept_encoding=name))[1]["etag"] for name in ("br", "gzip", "identity")}
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)


async def test_who_has_it_already_gets_304_and_no_body() -> None:
    """The headers that say how to keep it are there, those of a body are not."""
    response = await store_response(200, HTML, PAGE)
    tag = (await ask(response, accept_encoding="br"))[1]["etag"]
    status, headers, body = await ask(response, accept_encoding="br", if_none_match=f'"other", W/{tag}')
    assert (status, body) == (304, b"")
    assert headers["etag"] == tag
    assert headers["cache-control"] == "no-cache"
    assert "content-length" not in headers
    assert (await ask(response, if_none_match='"other"'))[0] == 200


async def test_an_error_page_is_never_304() -> None:
    """If-None-Match asks about what exists."""
    response = await store_response(404, HTML, PAGE)
    assert (await ask(response, if_none_match="*"))[0] == 404


async def test_head_has_the_headers_of_get_and_no_body() -> None:
    """RFC 9110, section 9.3.2."""
    response = await store_response(200, HTML, PAGE)
    assert (await ask(response, "HEAD"))[1] == (await ask(response, "GET"))[1]
    assert (await ask(response, "HEAD"))[2] == b""


async def test_what_does_not_shrink_is_sent_as_it_is() -> None:
    """Images, and bodies that fit in a packet."""
    image = await store_response(200, [(b"content-type", b"image/png")], PAGE)
    tiny = await store_response(200, HTML, b"<p>Hi</p>")
    for response in (image, tiny):
        _, headers, _ = await ask(response, accept_encoding="br, gzip")
        assert "content-encoding" not in headers
        assert "vary" not in headers


@pytest.mark.parametrize(
    ("accepted", "order"),
    [
        (b"", ()),
        (b"gzip", ("gzip",)),
        (b"gzip, br, zstd", ("zstd", "br", "gzip")),
        (b"br;q=0.5, gzip;q=1.0", ("gzip", "br")),
        (b"br;q=0, *", ("zstd", "gzip")),
        (b"*;q=0", ()),
        (b"br;q=high", ()),
        (b"identity", ()),
    ],
)
def test_accept_encoding(accepted: bytes, order: tuple[str, ...]) -> None:
    """Weights are honoured; zero forbids; nonsense forbids too."""
    assert preferred_encodings(accepted) == order


async def test_size_counts_every_body() -> None:
    """The cache's bound is about memory, not about one encoding."""
    response = await store_response(200, HTML, PAGE)
    assert response.size > len(PAGE) + len(brotli.compress(PAGE, quality=5))
