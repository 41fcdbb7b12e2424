"""The layer that tells who sends a request, over a fake of who is known."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from masthead.access import ANONYMOUS, Viewer
from masthead.kernel import new_id
from masthead.people import SignedIn
from masthead.rest.people import Site
from masthead.roles.api.authentication import Authentication

ADA = Viewer(new_id(), frozenset({"editor"}))
SESSION = new_id()
Headers = Sequence[tuple[bytes, bytes]]


class Known:
    """Knows one session and one token, and counts how often it is asked."""

    asked = 0

    async def of_session(self, secret: str) -> SignedIn | None:
        self.asked += 1
        return SignedIn(ADA, SESSION) if secret == "good" else None

    async def of_token(self, text: str) -> SignedIn | None:
        self.asked += 1
        return SignedIn(ADA) if text == "mh_good" else None


class Exchange:
    """One request through the layer, and what came of it."""

    def __init__(self, origins: str = "", answer: Headers = ()) -> None:
        self.known = Known()
        self.scope: dict[str, Any] = {}
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""
        self._answer = list(answer)
        self._layer = Authentication(self._app, self.known, Site(origins))  # type: ignore[arg-type]  # a fake

    async def _app(self, scope: Any, _: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self._answer})
        await send({"type": "http.response.body", "body": b"{}"})

    async def run(self, method: str = "GET", path: str = "/api/posts", **headers: str) -> "Exchange":
        given = {"host": "example.org", **{name.replace("_", "-"): text for name, text in headers.items()}}
        self.scope = {
            "type": "http",
            "method": method,
            "path": path,
            "scheme": "https",
            "client": ("192.0.2.1", 4711),
            "headers": [(name.encode(), text.encode()) for name, text in given.items()],
        }

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.status, self.headers = message["status"], message["headers"]
            else:
                self.body += message["body"]

        await self._layer(self.scope, _no_body, send)
        return self

    @property
    def account(self) -> UUID | None:
        viewer: Viewer = self.scope["masthead.viewer"]
        return viewer.account

    def header(self, name: bytes) -> list[bytes]:
        return [value for found, value in self.headers if found == name]


async def _no_body() -> Any:
    raise AssertionError("nobody reads a body")


async def test_who_shows_nothing_is_anonymous() -> None:
    """And nobody is asked about it."""
    done = await Exchange().run()
    assert done.scope["masthead.viewer"] is ANONYMOUS
    assert done.known.asked == 0


async def test_cookies_of_others_are_not_looked_up() -> None:
    """A site's own cookies cost nothing."""
    done = await Exchange().run(cookie="theme=dark; consent=1")
    assert done.scope["masthead.viewer"] is ANONYMOUS
    assert done.known.asked == 0


@pytest.mark.parametrize("path", ["/", "/posts/first", "/assets/a.png", "/metrics", "/_next/static/a.js"])
async def test_nobody_is_looked_up_for_what_is_everybodys(path: str) -> None:
    """Pages and files are public, whoever asks."""
    done = await Exchange().run(path=path, cookie="__Host-masthead=good", authorization="Bearer mh_good")
    assert done.scope["masthead.viewer"] is ANONYMOUS
    assert done.known.asked == 0


@pytest.mark.parametrize("path", ["/graphql", "/graphql/draft", "/api", "/api/posts", "/-/account"])
async def test_a_cookie_signs_in(path: str) -> None:
    """Where it matters who asks."""
    done = await Exchange().run(path=path, cookie="a=b; __Host-masthead=good; c=d")
    assert done.account == ADA.account
    assert done.scope["masthead.session"] == SESSION


async def test_a_token_signs_in() -> None:
    """The name of the scheme may be written as anybody likes (RFC 9110, section 11.1)."""
    assert (await Exchange().run(authorization="Bearer mh_good")).account == ADA.account
    assert (await Exchange().run(authorization="bearer mh_good")).account == ADA.account


async def test_a_token_goes_before_a_cookie() -> None:
    """Who shows a token means it."""
    done = await Exchange().run(authorization="Bearer mh_good", cookie="__Host-masthead=good")
    assert done.scope["masthead.session"] is None


@pytest.mark.parametrize("token", ["mh_bad", "", "eyJhbGciOi", "mh_\xe9"])
async def test_a_wrong_token_is_refused(token: str) -> None:
    """401 with a challenge, and no word about the token in it."""
    done = await Exchange().run(authorization=f"Bearer {token}")
    assert done.status == 401
    assert done.header(b"www-authenticate") == [b'Bearer realm="masthead", error="invalid_token"']
    assert done.header(b"content-type") == [b"application/problem+json"]
    assert b'"code":"token-invalid"' in done.body
    assert not token or token.encode() not in done.body


async def test_another_scheme_is_not_ours() -> None:
    """A proxy in front may ask for a password of its own."""
    assert (await Exchange().run(authorization="Basic dXNlcjpwYXNz")).status == 200


async def test_a_session_that_has_ended_is_nobodys() -> None:
    """The answer is the public one, and takes the cookie away."""
    done = await Exchange().run(cookie="__Host-masthead=old")
    assert done.status == 200
    assert done.scope["masthead.viewer"] is ANONYMOUS
    (cookie,) = done.header(b"set-cookie")
    assert cookie == b"__Host-masthead=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"


async def test_a_new_cookie_is_not_cleared() -> None:
    """Whoever signs in with an old cookie gets the new one, and only it."""
    done = await Exchange(answer=[(b"set-cookie", b"__Host-masthead=new")]).run(cookie="__Host-masthead=old")
    assert done.header(b"set-cookie") == [b"__Host-masthead=new"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://example.org"},
        {"origin": "https://EXAMPLE.org:443"},
        {"sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "none"},
    ],
)
async def test_the_sites_own_pages_may_change_things(headers: dict[str, str]) -> None:
    """By Origin, or where a browser sends none by Sec-Fetch-Site."""
    done = await Exchange().run("POST", cookie="__Host-masthead=good", **headers)
    assert done.account == ADA.account


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "https://example.org.evil.example"},
        {"origin": "https://example.org:8443"},
        {"origin": "null"},
        {"origin": ""},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://evil.example", "sec_fetch_site": "same-origin"},
    ],
)
async def test_pages_of_others_may_not(headers: dict[str, str]) -> None:
    """A cookie alone proves nothing: browsers send it along with everything."""
    done = await Exchange().run("POST", cookie="__Host-masthead=good", **headers)
    assert done.status == 403
    assert b'"code":"origin-foreign"' in done.body


async def test_reading_needs_no_origin() -> None:
    """Typing an address, or following a link, sends none."""
    done = await Exchange().run(cookie="__Host-masthead=good")
    assert done.status == 200


async def test_a_token_needs_no_origin() -> None:
    """Browsers never send one by themselves."""
    done = await Exchange().run("POST", authorization="Bearer mh_good", origin="https://evil.example")
    assert done.account == ADA.account


async def test_a_setting_says_which_origin_is_the_sites() -> None:
    """Then the Host header says nothing."""
    exchange = Exchange(origins="https://www.example.org")
    done = await exchange.run("POST", cookie="__Host-masthead=good", origin="https://example.org")
    assert done.status == 403
    done = await Exchange(origins="https://www.example.org").run(
        "POST", cookie="__Host-masthead=good", origin="https://www.example.org"
    )
    assert done.status == 200


async def test_nobody_keeps_what_somebody_may_see() -> None:
    """A public answer may be kept; the same for a known viewer may not."""
    kept = [(b"cache-control", b"public, max-age=60")]
    assert (await Exchange(answer=kept).run()).header(b"cache-control") == [b"public, max-age=60"]
    done = await Exchange(answer=kept).run(authorization="Bearer mh_good")
    assert done.header(b"cache-control") == [b"private, no-cache"]
    strict = await Exchange(answer=[(b"cache-control", b"no-store")]).run(authorization="Bearer mh_good")
    assert strict.header(b"cache-control") == [b"no-store"]


async def test_a_cookie_under_its_plain_name_counts_on_this_machine_only() -> None:
    """Elsewhere a page over plain HTTP could have set it."""
    done = await Exchange().run(cookie="masthead=good")
    assert done.scope["masthead.viewer"] is ANONYMOUS
