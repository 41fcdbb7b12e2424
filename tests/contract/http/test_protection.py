"""Every kind of answer has the headers that protect: whoever makes a new kind adds it here."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.contract.http.conftest import FakeSite
from tests.contract.http.test_assets import DIGEST, add_asset

from masthead.kernel.settings import Settings, read_settings
from masthead.roles.api.access import Access
from masthead.roles.api.application import Application
from masthead.roles.api.metrics import Metrics
from masthead.store import Database

HTML = {"accept": "text/html"}
JSON = {"content-type": "application/json"}
QUERY = "?query=%7Bsite%7Btitle%7D%7D"
ASKED: list[tuple[int, str, str, dict[str, str], bytes]] = [
    (200, "GET", "/", {}, b""),
    (200, "HEAD", "/", {}, b""),
    (304, "GET", "/", {"if-none-match": "*"}, b""),
    (308, "GET", "/posts/a/", {}, b""),
    (404, "GET", "/nothing", {}, b""),
    (404, "GET", "/a%00b", {}, b""),
    (405, "POST", "/", {}, b""),
    (405, "TRACE", "/", {}, b""),
    (503, "GET", "/failed", {}, b""),
    (200, "GET", "/feed.xml", {}, b""),
    (304, "GET", "/feed.xml", {"if-none-match": "*"}, b""),
    (404, "GET", "/_next/static/old.js", {}, b""),
    (200, "GET", "{image}", {}, b""),
    (206, "GET", "{image}", {"range": "bytes=0-9"}, b""),
    (304, "GET", "{image}", {"if-none-match": f'"{DIGEST[:32]}"'}, b""),
    (416, "GET", "{image}", {"range": "bytes=9000-"}, b""),
    (200, "GET", "{drawing}", {}, b""),
    (404, "GET", "/assets/a/b.png", {}, b""),
    (200, "GET", f"/graphql{QUERY}", {}, b""),
    (200, "POST", "/graphql", JSON, b'{"query": "{ site { title } }"}'),
    (200, "POST", "/graphql", JSON, b'{"query": "{ nothing }"}'),
    (400, "POST", "/graphql", JSON, b"{"),
    (410, "GET", f"/graphql{QUERY}", {"x-masthead-preview": "none"}, b""),
    (413, "POST", "/graphql", JSON, b" " * 5000),
    (200, "GET", "/graphql", HTML, b""),
    (401, "POST", "/graphql/draft", JSON, b'{"query": "{ site { title } }"}'),
    (401, "GET", f"/graphql{QUERY}", {"authorization": "Bearer mh_none"}, b""),
    (200, "GET", "/api", {}, b""),
    (304, "GET", "/api/posts", {"if-none-match": "*"}, b""),
    (200, "GET", "/api/openapi.json", {}, b""),
    (200, "GET", "/api/docs", {}, b""),
    (400, "GET", "/api/posts?nothing=1", {}, b""),
    (404, "GET", "/api/nothing", {}, b""),
    (401, "POST", "/api/posts", JSON, b"{}"),
    (204, "OPTIONS", "/api", {"origin": "https://a.example", "access-control-request-method": "GET"}, b""),
    (401, "GET", "/api/session", {}, b""),
    (204, "DELETE", "/api/session", {}, b""),
    (401, "GET", "/api/audit", {}, b""),
    (200, "GET", "/-/sign-in", {}, b""),
    (303, "GET", "/-/account", {}, b""),
    (404, "GET", "/-/link?token=none", {}, b""),
    (410, "GET", "/-/preview/none", {}, b""),
    (200, "GET", "/healthz", {}, b""),
    (200, "GET", "/readyz", {}, b""),
    (200, "GET", "/metrics", {}, b""),
    (200, "GET", "/-/changes", {}, b""),
]
"""Status, method, address, headers and body of one request for every kind of answer."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Of a site on HTTPS, whose APIs are open to pages of another one."""
    own = {"origins": "https://masthead.test", "cors_origins": "https://a.example", "live_reload": True}
    return read_settings(**settings.model_dump() | own)


def fault(headers: httpx.Headers) -> str:
    """What is missing, or there twice."""
    values = {name: headers.get_list(name) for name in headers}
    for name, wanted in {
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "strict-transport-security": "max-age=31536000; includeSubDomains",
    }.items():
        if values.get(name) != [wanted]:
            return f"{name} is {values.get(name)}"
    (policy,) = values.get("content-security-policy", [""])
    directives = [each.strip() for each in policy.split(";")]
    for wanted in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        if wanted not in directives:
            return f"{wanted} is not in {directives}"
    return "" if len(headers["x-request-id"]) == 16 else "no request id"


async def test_every_kind_of_answer_is_protected(
    client: httpx.AsyncClient, application: Application, site: FakeSite, database: Database, tmp_path: Path
) -> None:
    """nosniff, a referrer policy, a content policy, HTTPS, and an id to ask about; each once."""
    for path, body in {"/": "<script>a()</script>", "/posts/a": "A", "/healthz": "ok"}.items():
        site.put(path, body)
    site.put("/failed", "at server.js:1", 500, content_type="text/plain")
    site.put("/feed.xml", "<feed/>", content_type="application/atom+xml")
    places = {
        "image": await add_asset(database, tmp_path, "a.png", "image/png"),
        "drawing": await add_asset(database, tmp_path, "a.svg", "image/svg+xml"),
    }
    application.changes.close()  # so that its stream ends, and can be read whole
    for status, method, path, headers, body in ASKED:
        where = path.format(**places) if path.startswith("{") else path
        answer = await client.request(method, where, headers=headers, content=body)
        assert (method, path, answer.status_code, fault(answer.headers)) == (method, path, status, "")


async def test_what_breaks_is_protected() -> None:
    """The last answer of all, by the layer that nothing passes."""

    async def broken(*_: Any) -> None:
        raise RuntimeError

    always = ((b"strict-transport-security", b"max-age=31536000; includeSubDomains"),)
    transport = httpx.ASGITransport(Access(broken, Metrics(), more=always))
    async with httpx.AsyncClient(transport=transport, base_url="https://masthead.test") as client:
        answer = await client.get("/")
    assert (answer.status_code, fault(answer.headers)) == (500, "")
