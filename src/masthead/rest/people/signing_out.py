"""What a browser is told when somebody signs out: the session's cookie goes, and what scripts have kept.

Of Clear-Site-Data (the W3C's draft, section 3.1) only "storage": what editors and explorers keep there would
be the next person's to read. Not "cookies", which clears those of the whole registered domain, so of other
applications beside this one, and the cookie by which this device is known. Not "cache", which stops Chromium
for seconds (crbug.com/40233601): answers to somebody in particular are kept by no cache, or asked again.
A session that ends by itself clears nothing: there may be text in that storage that was not sent yet.
"""

from masthead.rest.people.cookies import clear_cookie
from masthead.rest.reply import Header

_STORAGE: Header = (b"clear-site-data", b'"storage"')


def signed_out(cookie: str) -> list[Header]:
    """The headers of an answer to who signs out; `cookie` is the name of the session's."""
    return [(b"set-cookie", clear_cookie(cookie)), _STORAGE]
