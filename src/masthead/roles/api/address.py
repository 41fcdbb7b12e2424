"""Addresses: one spelling a page, so that it is rendered and kept once, whatever a client writes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

LONGEST = 2000
"""Characters of a path; more is nobody's address."""

SITE_PARAMETERS: Mapping[str, re.Pattern[str]] = {"after": re.compile(r"[A-Za-z0-9_=+/-]{1,600}")}
"""What the site reads from a query string, and how it must look. All else is dropped before the cache and
before Node, so made-up parameters neither fill the cache nor get around it."""

_SAFE = "/:@!$&'()*+,;=~-._"
_INDEX = re.compile(r"(?:/index)?\.html?$|/index$")


@dataclass(frozen=True, slots=True)
class Address:
    """`path` is decoded, `target` is path and query as they go to the site."""

    path: str
    target: str
    has_query: bool


def read_address(path: str, query: bytes) -> Address | None:
    """The address that a request names; None for one that nothing can have."""
    if len(path) > LONGEST or not path.startswith("/") or "\\" in path or not path.isprintable():
        return None
    if any(segment in (".", "..") for segment in path.split("/")):
        return None
    kept = _known_parameters(query) if query else ""
    encoded = quote(path, safe=_SAFE)
    return Address(path, f"{encoded}?{kept}" if kept else encoded, bool(kept))


def tidy(path: str) -> str:
    """`path` without doubled or trailing slashes: the form that a site links to."""
    return re.sub(r"/{2,}", "/", path).rstrip("/") or "/"


def spellings(path: str) -> list[str]:
    """What a stored address that this path may mean could look like, likeliest first."""
    clean = tidy(path)
    bare = _INDEX.sub("", clean) or "/"
    return list(dict.fromkeys([path, clean, f"{clean.rstrip('/')}/", bare, f"{bare.rstrip('/')}/"]))


def is_untidy(path: str) -> bool:
    """Whether this is another spelling of an address: a trailing slash, `.html`, `/index.html`."""
    return path != tidy(path) or _INDEX.search(path) is not None


def as_location(path: str) -> str:
    """`path` as the value of a Location header. Never `//host`: it begins with exactly one slash."""
    return "/" + quote(path.lstrip("/"), safe=_SAFE)


def _known_parameters(query: bytes) -> str:
    pairs = parse_qsl(query.decode("latin-1"), max_num_fields=None)
    found = {name: value for name, value in pairs if name in SITE_PARAMETERS}
    valid = {name: value for name, value in found.items() if SITE_PARAMETERS[name].fullmatch(value)}
    return urlencode(sorted(valid.items()))
