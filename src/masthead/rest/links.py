"""The Link header of a page (RFC 8288): the addresses of the next one and the previous one."""

import re
from collections.abc import Iterable
from urllib.parse import quote

import orjson

_PLACE = re.compile(r"page(?:\[|%5[Bb])(?:after|before|offset)(?:\]|%5[Dd])=")
_SAFE = "%=/:@!$'()*+,;?~-._"
_PLAIN = re.compile(r"[A-Za-z0-9%=/:@!$'()*+,;?~._-]*")


def link_header(path: str, query: bytes, body: bytes) -> bytes | None:
    """The header's value; None where there is neither. `body` is a list, whose last member is its page."""
    page = orjson.loads(body[body.rindex(b'"page":') + 7 : -1])
    links = [
        (relation, f"page%5B{place}%5D={cursor}")
        for relation, place, cursor in (
            ("next", "after", page["next"]),
            ("prev", "before", page["previous"]),
        )
        if cursor is not None
    ]
    if not links:
        return None
    kept = list(_kept(query))
    return ", ".join(
        f'<{quote(path)}?{"&".join([*kept, place])}>; rel="{relation}"' for relation, place in links
    ).encode("latin-1")


def _kept(query: bytes) -> Iterable[str]:
    """All that does not say where the page lies, as it was sent: it becomes part of a header."""
    for pair in query.decode("latin-1").split("&"):
        if pair and not _PLACE.match(pair):
            yield pair if _PLAIN.fullmatch(pair) else quote(pair.encode("latin-1"), safe=_SAFE)
