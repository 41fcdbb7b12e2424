"""What stands around the APIs: encodings of replies, and other origins."""

import gzip

import brotli
import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from masthead.kernel import InputError
from masthead.kernel.settings import Settings, read_settings
from masthead.roles.api.api_layers import with_api_layers
from masthead.roles.api.encodings import zstd

BODY = b'{"data":' + b'{"title":"Hello"},' * 100 + b"}"
HERE, ELSEWHERE = "https://site.example", "https://evil.example"


def an_api(body: bytes = BODY, etag: bytes = b"") -> ASGIApp:
    """Answers everything with `body`, and 304 where the client names `etag`."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        known = dict(scope["headers"]).get(b"if-none-match", b"")
        headers = [(b"content-length", str(len(body)).encode()), (b"vary", b"accept")]
        headers += [(b"etag", etag)] if etag else []
        is_known = bool(etag) and etag in known
        await send({"type": "http.response.start", "status": 304 if is_known else 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if is_known else body})

    return answer


async def ask(app: ASGIApp, method: str = "GET", origins: str = "", **headers: str) -> httpx.Response:
    """The reply, its body as it was sent."""
    layered = with_api_layers(app, Settings(cors_origins=origins))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    transport = httpx.ASGITransport(layered)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        http.headers.pop("accept-encoding")
        request = http.build_request(method, "/graphql", headers=named)
        response = await http.send(request, stream=True)
        response.read_raw = b"".join([part async for part in response.aiter_raw()])  # type: ignore[attr-defined]
        return response


def raw(response: httpx.Response) -> bytes:
    """The bytes of the body."""
    found: bytes = response.read_raw  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0.5, gzip", "gzip"),
        ("zstd;q=0, *;q=0.1", "br"),
        ("identity", None),
        ("", None),
    ],
)
async def test_a_reply_is_encoded_as_the_client_prefers(accepted: str, encoding: str | None) -> None:
    """zstd before brotli before gzip, unless weights say otherwise."""
    response = await ask(an_api(), accept_encoding=accepted)
    assert response.headers.get("content-encoding") == encoding
    decode = {"zstd": zstd.decompress, "br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    assert decode[encoding](raw(response)) == BODY
    assert int(response.headers["content-length"]) == len(raw(response))
    assert response.headers["vary"] == "accept, accept-encoding"


async def test_a_small_reply_is_left_alone() -> None:
    """It fits in a packet, and is the same for every client."""
    response = await ask(an_api(b"{}"), accept_encoding="zstd")
    assert raw(response) == b"{}"
    assert "content-encoding" not in response.headers
    assert response.headers["vary"] == "accept"


async def test_a_large_reply_is_encoded_too() -> None:
    """In a thread."""
    response = await ask(an_api(BODY * 100), accept_encoding="zstd")
    assert zstd.decompress(raw(response)) == BODY * 100


@pytest.mark.parametrize(("accepted", "ending"), [("zstd", "-zstd"), ("gzip", "-gzip"), ("identity", "")])
async def test_each_encoding_has_a_strong_tag_of_its_own(accepted: str, ending: str) -> None:
    """And is recognised by it: 304, with the tag that the client has."""
    api = an_api(etag=b'"abc"')
    tag = (await ask(api, accept_encoding=accepted)).headers["etag"]
    assert tag == f'"abc{ending}"'
    again = await ask(api, accept_encoding=accepted, if_none_match=f'"other", W/{tag}')
    assert (again.status_code, again.headers["etag"], raw(again)) == (304, tag, b"")
    assert again.headers["vary"] == "accept, accept-encoding"
    assert (await ask(api, accept_encoding=accepted, if_none_match='"abd"')).status_code == 200


async def test_without_origins_nobody_elsewhere_reads() -> None:
    """The default: no header of CORS, and no answer to a preflight."""
    response = await ask(an_api(), origin=HERE)
    assert not any(name.startswith("access-control") for name in response.headers)
    assert "origin" not in response.headers["vary"]


async def test_an_origin_of_the_list_reads() -> None:
    """It alone; shared caches keep its reply apart."""
    response = await ask(an_api(), origins=f"https://other.example, {HERE}", origin=HERE)
    assert response.headers["access-control-allow-origin"] == HERE
    assert "access-control-allow-credentials" not in response.headers
    assert "origin" in response.headers["vary"]
    refused = await ask(an_api(), origins=HERE, origin=ELSEWHERE)
    assert "access-control-allow-origin" not in refused.headers
    assert "origin" in refused.headers["vary"]


async def test_a_preflight_is_answered_for_those_origins() -> None:
    """With what the browser asked for; the API does not see it."""
    asked = {"access_control_request_method": "POST", "access_control_request_headers": "content-type"}
    response = await ask(an_api(), "OPTIONS", HERE, origin=HERE, **asked)
    assert (response.status_code, raw(response)) == (204, b"")
    assert response.headers["access-control-allow-methods"] == "GET, POST"
    assert response.headers["access-control-allow-headers"] == "content-type"
    refused = await ask(an_api(), "OPTIONS", HERE, origin=ELSEWHERE, **asked)
    assert "access-control-allow-origin" not in refused.headers


async def test_a_star_opens_it_to_everyone() -> None:
    """What is public is public; the reply is the same for all."""
    response = await ask(an_api(), origins="*", origin=ELSEWHERE)
    assert response.headers["access-control-allow-origin"] == "*"
    assert "origin" not in response.headers["vary"]


@pytest.mark.parametrize("origins", ["https://a.example/path", "a.example", "null", "https://*.example"])
def test_what_is_no_origin_is_refused_at_start(origins: str) -> None:
    """With the one at fault."""
    with pytest.raises(InputError, match="is no origin"):
        read_settings(cors_origins=origins)
