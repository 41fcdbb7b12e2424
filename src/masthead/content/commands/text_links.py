"""Links in texts, from addresses to ids: what an author writes as /posts/hello is stored as entry:<uuid>,
so that a changed slug breaks no link. A URL that leads to no entry stays as it is written.
"""

import asyncio
import posixpath
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from masthead.content.blocks import with_values
from masthead.content.local_links import local_links
from masthead.content.projection import texts
from masthead.markdown import Link, rewrite_found
from masthead.model import ContentModel, ContentType
from masthead.store import Transaction

_LONG = 20_000
"""Characters."""


async def with_stored_links(
    transaction: Transaction,
    model: ContentModel,
    content_type: ContentType,
    fields: Mapping[str, Any],
    address: str | None,
) -> dict[str, Any]:
    """The fields with ids in place of the addresses that their texts link to; relative ones count from
    the entry's own `address`."""
    sources = dict(texts(model, content_type, fields))
    links = await asyncio.to_thread(_links, sources) if _is_long(sources) else _links(sources)
    urls = {link.url for each in links.values() for link in each}
    places = {url: place for url in urls if (place := _place(url, address)) is not None}
    if not places:
        return dict(fields)
    found = await _targets(transaction, model, set(places.values()))
    stored = {url: found[place] + _fragment(url) for url, place in places.items() if place in found}
    if not stored:
        return dict(fields)
    rewritten = {
        path: rewrite_found(source, links[path], lambda link: stored.get(link.url))
        for path, source in sources.items()
        if links[path]
    }
    return with_values(fields, rewritten)


def _links(sources: Mapping[str, str]) -> dict[str, list[Link]]:
    return {path: local_links(source) for path, source in sources.items()}


def _is_long(sources: Mapping[str, str]) -> bool:
    """Whether others would notice that their links are searched here: beyond some milliseconds."""
    return sum(map(len, sources.values())) > _LONG


def _place(url: str, address: str | None) -> str | None:
    """The address that a URL of a text means; None where it cannot be an entry's."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = unquote(parts.path)
    if not path or parts.query or parts.scheme or "\0" in path:
        return None
    if not path.startswith("/"):
        if address is None:
            return None
        path = posixpath.join(posixpath.dirname(address), path)
    normal = "/" + posixpath.normpath(path).lstrip("/")
    return None if normal == "/" else normal


def _fragment(url: str) -> str:
    fragment = urlsplit(url).fragment
    return f"#{fragment}" if fragment else ""


async def _targets(transaction: Transaction, model: ContentModel, places: Iterable[str]) -> dict[str, str]:
    """What each address means: a public one first, then an old one, then a draft's."""
    drafts = [
        f"SELECT path, id, 2, '{each.name}' FROM draft.\"{each.table}\" WHERE path = ANY($1::text[])"  # noqa: S608 - names of the model
        for each in model
        if each.path is not None
    ]
    routes = (
        "SELECT r.path, r.entry_id AS id, CASE WHEN r.is_canonical THEN 0 ELSE 1 END AS rank, "
        "CASE WHEN e.type = $2 THEN 'Asset' END AS type "
        "FROM live._route AS r JOIN masthead.entry AS e ON e.id = r.entry_id WHERE r.path = ANY($1::text[])"
    )
    sql = " UNION ALL ".join((routes, *drafts)) + " ORDER BY rank DESC, id DESC"
    rows = await transaction.fetch(sql, list(places), model["Asset"].identity)
    return {row["path"]: _target(row["type"], row["id"]) for row in rows}


def _target(type_name: str | None, entry: UUID) -> str:
    return f"{'asset' if type_name == 'Asset' else 'entry'}:{entry}"
