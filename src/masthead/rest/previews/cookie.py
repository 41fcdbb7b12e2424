"""The cookie of whoever looks at a preview: its name, and how it is read, set and cleared.

It is named like the session's, so `__Host-` wherever browsers take that.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from masthead.rest.people.cookies import clear_cookie, read_cookie, set_cookie
from masthead.rest.people.site import Arrival

_SUFFIX = "-preview"


def preview_cookie(arrival: Arrival) -> str:
    """The name of the cookie at the site's origin."""
    return arrival.cookie + _SUFFIX


def preview_token(arrival: Arrival, cookies: Iterable[bytes]) -> str | None:
    """The token that a browser sends, if it is in a preview."""
    return read_cookie(cookies, preview_cookie(arrival)) or None


def cookie_header(arrival: Arrival, token: str | None, expires_at: datetime, now: datetime) -> bytes:
    """The Set-Cookie header: until the link ends; None takes it away."""
    name = preview_cookie(arrival)
    if token is None:
        return clear_cookie(name)
    return set_cookie(name, token, max(expires_at - now, timedelta(0)))
