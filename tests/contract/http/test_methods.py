"""What no address takes is refused everywhere, in one way."""

import httpx
import pytest
from tests.contract.http.conftest import FakeSite

PLACES = {
    "/": "GET, HEAD",
    "/posts/a": "GET, HEAD",
    "/assets/a/b": "GET, HEAD",
    "/_next/static/a.js": "GET, HEAD",
    "/healthz": "GET, HEAD",
    "/metrics": "GET, HEAD",
    "/graphql": "GET, POST",
    "/graphql/draft": "GET, POST",
    "/api": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "/api/posts": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "/api/session": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "/-/sign-in": "GET, HEAD, POST",
    "/-/preview/x": "GET, HEAD, POST",
}


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "TRACK"])
async def test_trace_and_connect_are_refused_everywhere(
    client: httpx.AsyncClient, site: FakeSite, method: str
) -> None:
    """405, with what is possible, and nothing of the request comes back."""
    secret = {"cookie": "__Host-masthead=secret", "authorization": "Bearer secret"}
    for path, allowed in PLACES.items():
        refused = await client.request(method, path, headers=secret)
        assert (path, refused.status_code, refused.headers["allow"]) == (path, 405, allowed)
        assert f"{method} is possible nowhere here." in refused.text
        assert "secret" not in refused.text + str(refused.headers)
    assert site.asked == []
