"""`/-/preview/…`: what the link itself answers. No page of the site: that comes behind it."""

from urllib.parse import quote

from masthead.content.previews import Opened
from masthead.kernel import utc_now
from masthead.rest.people.door import Answer, Request
from masthead.rest.people.pages.layout import Layout
from masthead.rest.previews.cookie import cookie_header
from masthead.rest.reply import Header

_SAFE = "/:@!$&'()*+,;=~-._"


def entrance(request: Request, token: str, opened: Opened) -> Answer:
    """The cookie of the preview, and on to what it is of."""
    cookie = cookie_header(request.arrival, token, opened.preview.expires_at, utc_now())
    location = "/" + quote(opened.address.lstrip("/"), safe=_SAFE)
    headers: list[Header] = [(b"set-cookie", cookie), (b"location", location.encode())]
    return Answer(status=303, headers=headers)


def exit_(request: Request) -> Answer:
    """No cookie any more, and on to the public's front page."""
    cookie = cookie_header(request.arrival, None, utc_now(), utc_now())
    return Answer(status=303, headers=[(b"set-cookie", cookie), (b"location", b"/")])


def over_page(request: Request, layout: Layout) -> tuple[int, list[Header], bytes]:
    """Status, headers and page of a link that shows nothing: forged, over and turned off look alike."""
    body = (
        "<p>It has ended, or was turned off, or is not whole. Ask whoever sent it to you for a new one.</p>"
        '<p><a href="/">Go to the public site</a></p>'
    )
    headers: list[Header] = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-security-policy", layout.policy),
        (b"set-cookie", cookie_header(request.arrival, None, utc_now(), utc_now())),
        (b"cache-control", b"private, no-store"),
        (b"x-robots-tag", b"noindex"),
    ]
    return 410, headers, layout.page("This preview link does not work.", body)
