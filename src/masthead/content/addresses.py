"""Public addresses: a type's pattern filled with an entry's values, and old addresses in one spelling."""

import re
import string
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from masthead.model import ContentModel, ContentType

RESERVED = frozenset(
    {
        *(
            "/",
            "/archive",
            "/tags",
            "/authors",
            "/graphql",
            "/healthz",
            "/readyz",
            "/metrics",
            "/404",
            "/500",
        ),
        *("/feed.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/robots.txt", "/llms.txt"),
    }
)
"""Addresses that the site and the API answer themselves."""
LONGEST = 2000
"""Bytes of an old address: a browser's limit, and below an index row's."""
RESERVED_PREFIXES = ("/-/", "/_next/", "/graphql/")


def public_path(content_type: ContentType, values: Mapping[str, Any]) -> str | None:
    """The address of an entry with these values; None for a type without addresses or while a value
    that the address is made of is missing."""
    if content_type.path is None:
        return None
    names = [name for _, name, _, _ in string.Formatter().parse(content_type.path) if name]
    if any(values.get(name) is None for name in names):
        return None
    return content_type.path.format_map({name: values[name] for name in names})


def is_reserved(path: str, content_type: ContentType, model: ContentModel) -> bool:
    """Whether `path` belongs to the platform, or to the entries of another type."""
    if path in RESERVED or path.startswith(RESERVED_PREFIXES):
        return True
    own = fixed_part(content_type)
    others = {fixed_part(each) for each in model if each.path is not None} - {own, "/"}
    return any(path.startswith(prefix) and len(prefix) > len(own) for prefix in others)


def fixed_part(content_type: ContentType) -> str:
    """What all addresses of a type begin with: "/posts/"."""
    return (content_type.path or "").partition("{")[0]


def old_address(text: str) -> str | None:
    """An alias as one spelling: decoded, a slash in front, none behind; None for what is no path."""
    parts = urlsplit(text.strip())
    path = "/" + re.sub(r"/{2,}", "/", unquote(parts.path)).strip("/")
    if (
        path == "/"
        or not path.isprintable()
        or len(path.encode()) > LONGEST
        or any(part in (".", "..") for part in path.split("/"))
    ):
        return None
    return path
