"""The cookie of a session: its name, how it is read, set and cleared.

`__Host-` (RFC 6265bis, section 4.1.3.2) makes browsers refuse it from a subdomain, over plain HTTP, or
without Secure. Browsers do not take that from http://localhost, so there, and where MASTHEAD_ORIGINS says
http:// itself, the cookie has a plain name.
"""

from collections.abc import Iterable
from datetime import timedelta

from masthead.rest.people.same_origin import is_loopback

SECURE, PLAIN = "__Host-masthead", "masthead"
DEVICE = "-device"
"""What the name of the cookie ends with that tells a device known from an earlier sign-in."""


def cookie_name(origin: str, *, is_stated: bool = False) -> str:
    """The name at `origin`. `is_stated`: a setting says that this is the site's origin."""
    is_plain = origin.startswith("http://") and (is_stated or is_loopback(origin))
    return PLAIN if is_plain else SECURE


def read_cookie(values: Iterable[bytes], name: str) -> str | None:
    """The value of the cookie `name` in the Cookie headers of a request; the first where there are two."""
    wanted = name.encode()
    for value in values:
        for pair in value.split(b";"):
            found, equals, content = pair.strip().partition(b"=")
            if equals and found == wanted:
                return content.decode("latin-1")
    return None


def set_cookie(name: str, value: str, lasts: timedelta) -> bytes:
    """The Set-Cookie header that gives it."""
    secure = "; Secure" if name.startswith("__Host-") else ""
    seconds = int(lasts.total_seconds())
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}".encode("latin-1")


def clear_cookie(name: str) -> bytes:
    """The Set-Cookie header that takes it away."""
    return set_cookie(name, "", timedelta(0))
