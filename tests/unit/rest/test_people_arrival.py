"""What a request says of where it comes from, and what of it is believed."""

from typing import Any

import pytest

from masthead.rest.people.client import ClientAddress, read_networks
from masthead.rest.people.cookies import cookie_name, read_cookie, set_cookie
from masthead.rest.people.same_origin import Origins, is_loopback
from masthead.rest.people.site import Site


def scope(peer: str | None, *headers: tuple[str, str], scheme: str = "http") -> dict[str, Any]:
    """A request from `peer`."""
    return {
        "client": (peer, 1234) if peer else None,
        "scheme": scheme,
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }


FORWARDED = "x-forwarded-for"


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),  # nobody trusts 192.0.2.1
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),  # what stands before it, the client made up
        ("10.0.0.1", "203.0.113.9, 10.0.0.7", "203.0.113.9"),  # two proxies of ours
        ("10.0.0.1", "10.0.0.8, 10.0.0.7", "10.0.0.8"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9, nonsense", "10.0.0.1"),
        ("10.0.0.1", "[2001:db8::1]", "2001:db8::1"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "203.0.113.9", "fe80::1"),
    ],
)
def test_only_a_trusted_proxy_says_who_the_client_is(peer: str, forwarded: str, expected: str) -> None:
    """The last address that is not a proxy's own."""
    clients = ClientAddress(read_networks("10.0.0.0/8"))
    assert clients.of(scope(peer, (FORWARDED, forwarded))) == expected


def test_repeated_headers_are_one_list() -> None:
    """RFC 9110, section 5.3: a client's own line does not hide the proxy's."""
    clients = ClientAddress(read_networks("10.0.0.0/8"))
    found = clients.of(scope("10.0.0.1", (FORWARDED, "6.6.6.6"), (FORWARDED, "203.0.113.9")))
    assert found == "203.0.113.9"


def test_nobody_is_trusted_unless_a_setting_says_so() -> None:
    """Without it a header says nothing, nor does its scheme."""
    asked = scope("127.0.0.1", (FORWARDED, "6.6.6.6"), ("x-forwarded-proto", "https"))
    assert ClientAddress().of(asked) == "127.0.0.1"
    assert ClientAddress().scheme(asked) == "http"
    assert ClientAddress(read_networks("127.0.0.0/8")).scheme(asked) == "https"
    assert ClientAddress().of(scope(None)) is None


@pytest.mark.parametrize(
    ("origin", "is_plain"),
    [
        ("http://localhost:8000", True),
        ("http://blog.localhost", True),
        ("http://127.0.0.1", True),
        ("http://127.8.9.1:80", True),
        ("http://[::1]:8000", True),
        ("http://192.168.1.4:8000", False),
        ("http://localhost.evil.example", False),
        ("http://example.org", False),
        ("https://localhost:8000", False),
        ("https://example.org", False),
        ("http://", False),
        ("http://[", False),
    ],
)
def test_only_this_machine_gets_a_plain_cookie(origin: str, is_plain: bool) -> None:
    """Browsers keep a Secure cookie of http://localhost from us; elsewhere plain HTTP signs nobody in."""
    assert cookie_name(origin) == ("masthead" if is_plain else "__Host-masthead")
    assert is_loopback(origin) == (is_plain or origin == "https://localhost:8000")


def test_a_setting_may_ask_for_plain_cookies() -> None:
    """Where it says http:// itself; for that origin."""
    site = Site("http://intranet:8000, https://example.org")
    plain = site.arrival(scope("192.0.2.1", ("host", "intranet:8000")))
    assert (plain.origin, plain.cookie) == ("http://intranet:8000", "masthead")
    secure = site.arrival(scope("192.0.2.1", ("host", "example.org"), scheme="https"))
    assert (secure.origin, secure.cookie) == ("https://example.org", "__Host-masthead")


def test_the_first_origin_stands_for_hosts_that_nobody_stated() -> None:
    """A made-up Host header does not get into links and cookies."""
    arrival = Site("https://example.org").arrival(scope("192.0.2.1", ("host", "evil.example")))
    assert arrival.origin == "https://example.org"


def test_one_cookie_among_others_is_read() -> None:
    """The first of its name; others, and what is no cookie, are passed over."""
    headers = [b"a=b; ; nonsense; masthead-device=x", b"masthead=one; masthead=two"]
    assert read_cookie(headers, "masthead") == "one"
    assert read_cookie(headers, "__Host-masthead") is None
    assert read_cookie([b"masthead="], "masthead") == ""


def test_origins_are_compared_whole() -> None:
    """Scheme, host and port, without case; nothing that only begins or ends alike."""
    stated = Origins("https://example.org")
    assert stated.is_own({b"origin": b"https://EXAMPLE.org"})
    for other in (b"http://example.org", b"https://example.org:444", b"https://a.example.org", b"null", b""):
        assert not stated.is_own({b"origin": other})
    hosted = Origins()
    assert hosted.is_own({b"origin": b"http://[::1]:8000", b"host": b"[::1]:8000"})
    assert not hosted.is_own({b"origin": b"ftp://example.org", b"host": b"example.org"})
    assert not hosted.is_own({b"origin": b"https://", b"host": b""})
    assert not hosted.is_own({})


def test_a_program_that_says_nothing_is_not_foreign() -> None:
    """Only a browser is made to send what somebody else wants, and it says so."""
    assert not Origins().is_foreign({b"host": b"example.org"})
    assert Origins().is_foreign({b"host": b"example.org", b"sec-fetch-site": b"same-site"})
    assert Origins().is_foreign({b"host": b"example.org", b"origin": b"null"})


def test_a_cookie_has_every_flag() -> None:
    """Secure where its name asks for it."""
    from datetime import timedelta

    assert set_cookie("masthead", "x", timedelta(hours=1)) == (
        b"masthead=x; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax"
    )
    assert set_cookie("__Host-masthead", "x", timedelta(0)).endswith(b"; Secure")
