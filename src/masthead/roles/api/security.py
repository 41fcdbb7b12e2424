"""What browsers are told to refuse: headers of every response, and the script policy of a page."""

import base64
import hashlib
import re

Header = tuple[bytes, bytes]

EVERYWHERE: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

NOTHING = b"default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
"""The policy of what is not a page: JSON, text, errors. `object-src` follows from `default-src`; it is named
for browsers and scanners that look for it (ASVS 5.0.0, item 3.4.3)."""

EXPLORER = (
    b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    b"font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; "
    b"form-action 'none'; frame-ancestors 'none'"
)
"""The policy of the pages that explore the APIs: all is from here. The editor and React set styles inline."""

SANDBOX = (
    b"sandbox; default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; base-uri 'none'; "
    b"frame-ancestors 'none'"
)
"""The policy of uploaded files: an SVG opened by itself runs no script and loads nothing. No page of the site
has one in a frame (its HTML has no `iframe`, `object` or `embed`), and `img` is not framing."""

# <script …> without a src, and what is inside it: browsers end it at the first </script, whatever is quoted.
_INLINE_SCRIPT = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script", re.DOTALL | re.IGNORECASE)
_ELSEWHERE = re.compile(rb"\bsrc\s*=", re.IGNORECASE)
_DATA_BLOCK = re.compile(rb"\btype\s*=\s*[\"']?application/(?:ld\+)?json", re.IGNORECASE)


def page_policy(html: bytes) -> bytes:
    """The Content-Security-Policy of a page: its own inline scripts by hash, no others.

    Styles may be inline (code colours and figures use them) and images may come from anywhere, as old
    posts have it. Data blocks such as JSON-LD do not run and need no hash.
    """
    hashes = dict.fromkeys(
        _hash(match["code"])
        for match in _INLINE_SCRIPT.finditer(html)
        if match["code"]
        and not _ELSEWHERE.search(match["attributes"])
        and not _DATA_BLOCK.search(match["attributes"])
    )
    scripts = b" ".join([b"'self'", *hashes])
    return (
        b"default-src 'none'; script-src " + scripts + b"; style-src 'self' 'unsafe-inline'; "
        b"img-src 'self' data: https: http:; media-src 'self' https:; font-src 'self'; connect-src 'self'; "
        b"manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _hash(code: bytes) -> bytes:
    return b"'sha256-" + base64.b64encode(hashlib.sha256(code).digest()) + b"'"
