"""Everything that is not an API: a page from memory, else from Node, else an old address's new place."""

from collections.abc import Iterable

from starlette.types import Receive, Scope, Send

from masthead.kernel import UnavailableError
from masthead.query.dependencies import Dependencies
from masthead.roles.api.access import Note
from masthead.roles.api.address import Address, as_location, is_untidy, read_address, spellings, tidy
from masthead.roles.api.caching import Filling, Keeping, Memory, Outcome
from masthead.roles.api.metrics import Metrics
from masthead.roles.api.plain import answer_plainly
from masthead.roles.api.routes import find_route
from masthead.roles.api.security import NOTHING, page_policy
from masthead.roles.api.stored_response import Header, StoredResponse, store_response
from masthead.roles.api.upstream import Rendered, Upstream
from masthead.store import Reader

PAGES, VARIANTS, MISSING = "pages", "variants", "missing"
"""Shelves of the cache: addresses as they are; with a query string; what is not there."""

REVALIDATE = b"no-cache"
"""Browsers keep a page and ask each time whether it is still so: a change shows at once, for a 304."""

_FROM_NODE = frozenset({
    b"content-type", b"location", b"content-disposition", b"content-security-policy", b"x-robots-tag",
})  # fmt: skip
"""What of Node's headers is passed on. All else is ours to say, or tells what is behind us."""


def shelves(megabytes: int) -> dict[str, int]:
    """How the page cache's memory is divided, in bytes."""
    total = megabytes * 1024 * 1024
    return {PAGES: total * 3 // 4, VARIANTS: total * 3 // 16, MISSING: total // 16}


class Pages:
    """The ASGI endpoint of all pages."""

    def __init__(
        self,
        cache: Memory[StoredResponse],
        keeping: Keeping,
        upstream: Upstream | None,
        reader: Reader,
        metrics: Metrics,
    ) -> None:
        self._cache = cache
        self._freshness = keeping.freshness
        self._fills = keeping.fills
        self._cdn = keeping.cdn
        self._upstream = upstream
        self._reader = reader
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await answer_plainly(scope, receive, send, 405, "Pages are only read.", {"allow": "GET, HEAD"})
            return
        address = read_address(scope["path"], scope["query_string"])
        if address is None:
            await answer_plainly(scope, receive, send, 404, "There is nothing at this address.")
            return
        note: Note = scope["masthead.note"]
        try:
            response, note.cache, is_certain = await self._answer(address)
        except UnavailableError as error:
            note.error = error
            await answer_plainly(
                scope, receive, send, 503, "This page cannot be made just now.", {"retry-after": "2"}
            )
            return
        await response.send(scope, send if is_certain else self._cdn.unkept(send))

    async def _answer(self, address: Address) -> tuple[StoredResponse, Outcome, bool]:
        """The response, what the cache did, and whether others may keep it."""
        key, freshness = address.target, self._freshness
        if freshness.is_fresh() or await freshness.ensure():
            # Nothing is waited for between that look and this one.
            if (kept := self._cache.hit(key)) is not None:
                return kept, "hit", True
            filling, outcome = await self._cache.get(key, lambda: self._fill(address))
            return filling.value, outcome, not filling.is_touched
        return await self._cache.bypass(key, lambda: self._fill(address)), "bypass", False

    async def _fill(self, address: Address) -> Filling[StoredResponse]:
        making = self._untidy if is_untidy(address.path) else self._tidy
        (status, kept, content), depends = await making(address)
        if status in _KEPT and (b"cache-control", b"no-store") not in kept:
            kept += self._cdn.headers(depends)
        response = await store_response(status, kept, content)
        return Filling(response, response.size, _shelf(address, response), depends)

    async def _tidy(self, address: Address) -> "Made":
        rendered, depends = await self._rendered(address.target)
        if rendered.status == 404:
            route, led = await self._route(address)
            depends = depends and depends | led
            if route is not None:
                return moved(301, route), led
        return parts_of(rendered), depends

    async def _untidy(self, address: Address) -> "Made":
        """Another spelling of an address: the entry's own one where there is an entry, else the site's."""
        route, led = await self._route(address)
        if route is not None:
            return moved(301, route), led
        clean = tidy(address.path)
        is_clean = address.path == clean
        rendered, depends = await self._rendered(address.target if is_clean else as_location(clean))
        is_moved = rendered.status == 200 and not is_clean
        return moved(308, clean) if is_moved else parts_of(rendered), depends and depends | led

    async def _route(self, address: Address) -> tuple[str | None, Dependencies]:
        """Where else an address leads, and what that depends on: nothing else, when it leads anywhere."""
        paths = spellings(address.path)
        route = await find_route(self._reader, paths)
        led = Dependencies(paths=frozenset([*paths, *([] if route is None else [route.path])]))
        return (None if route is None or route.path == address.path else route.path), led

    async def _rendered(self, target: str) -> tuple[Rendered, Dependencies | None]:
        """Node's answer, and what it depends on, if Node knows."""
        rendered = await self.render(target, (self._fills.header,))
        return rendered, self._fills.read(rendered.headers)

    async def render(self, target: str, told: Iterable[Header] = ()) -> Rendered:
        """Node's answer, which is `told` more of the request where that is for one reader alone. Raises
        UnavailableError."""
        if self._upstream is None:
            raise UnavailableError("no-site", "No site role is set up.", "Set MASTHEAD_SITE_URL.")
        with self._metrics.render_seconds.time():
            rendered = await self._upstream.fetch(target, [*_ASKED, *told])
        if rendered.status >= 500 and not _is_page(rendered):
            # Whatever that is, it was not written for readers.
            raise UnavailableError(
                "site-failed", "The site failed.", context={"site_status": rendered.status}
            )
        return rendered


Parts = tuple[int, list[Header], bytes]
Made = tuple[Parts, Dependencies | None]

_ASKED: list[Header] = [(b"host", b"site"), (b"accept-encoding", b"identity")]
"""What Node is told of a request: its address and nothing about who asks, because a page is kept for all.

Not even Host: one stranger's Host must not be written into everybody's page. The site knows its own
address from the publication's base_url.
"""


def parts_of(rendered: Rendered) -> Parts:
    """Node's answer as we send it: its type, and our own policy and caching."""
    headers: list[Header] = [(name, value) for name, value in rendered.headers if name in _FROM_NODE]
    if not rendered.head(b"content-security-policy"):
        policy = page_policy(rendered.content) if _is_page(rendered) else NOTHING
        headers.append((b"content-security-policy", policy))
    is_private = b"no-store" in rendered.head(b"cache-control") or rendered.status >= 500
    headers.append((b"cache-control", b"no-store" if is_private else REVALIDATE))
    return rendered.status, headers, rendered.content


def _is_page(rendered: Rendered) -> bool:
    return rendered.head(b"content-type").startswith(b"text/html")


def moved(status: int, path: str) -> Parts:
    """A redirect to a decoded path."""
    headers: Iterable[Header] = [
        (b"location", as_location(path).encode()),
        (b"cache-control", REVALIDATE),
        (b"content-type", b"text/plain; charset=utf-8"),
    ]
    return status, list(headers), b"This has moved.\n"


_KEPT = (200, 301, 308, 404)


def _shelf(address: Address, response: StoredResponse) -> str | None:
    """Where a response is kept. Errors and what Node calls no-store are kept nowhere."""
    if response.head(b"cache-control") == b"no-store" or response.status not in _KEPT:
        return None
    if response.status != 200:
        return MISSING
    return VARIANTS if address.has_query else PAGES
