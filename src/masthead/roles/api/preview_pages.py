"""Pages of a preview: each rendered anew, for one reader, and kept by nobody."""

from urllib.parse import quote

import orjson
from starlette.types import Receive, Scope, Send

from masthead.content.previews import Opened
from masthead.kernel import UnavailableError
from masthead.roles.api.address import Address, read_address, spellings
from masthead.roles.api.pages import Pages, Parts, moved, parts_of
from masthead.roles.api.plain import answer_plainly
from masthead.roles.api.previews import HEADER, SHOWN, TOKEN, privately
from masthead.roles.api.routes import find_route
from masthead.roles.api.stored_response import Header, store_response
from masthead.store import Reader

BANNER = b"x-masthead-preview-banner"
"""What the page says above everything: JSON, percent-encoded, because titles are of any script."""

_QUALITY = 4
"""Of brotli: the answer is sent once."""


class PreviewPages:
    """The ASGI endpoint of all pages: those of a preview, and `pages` for everybody else."""

    def __init__(self, pages: Pages, reader: Reader) -> None:
        self._pages = pages
        self._reader = reader

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        opened: Opened | None = scope.get(SHOWN)
        address = read_address(scope["path"], scope["query_string"]) if opened is not None else None
        if opened is None or address is None:
            await self._pages(scope, receive, send)
            return
        try:
            status, headers, content = await self._parts(address, opened, scope[TOKEN])
        except UnavailableError as error:
            scope["masthead.note"].error = error
            text = "This page cannot be made just now."
            await answer_plainly(scope, receive, send, 503, text, {"retry-after": "2"})
            return
        response = await store_response(status, headers, content, quality=_QUALITY)
        await response.send(scope, privately(send))

    async def _parts(self, address: Address, opened: Opened, token: str) -> Parts:
        """Like a public page: other spellings of an address and old ones lead to the entry's own."""
        paths = spellings(address.path)
        rendered = await self._pages.render(address.target, _told(opened, token))
        if rendered.status == 404:
            found = next((opened.redirects[path] for path in paths if path in opened.redirects), None)
            if found is None:
                route = await find_route(self._reader, paths, opened.overlay.ids)
                found = None if route is None else route.path
            if found is not None and found != address.path:
                return moved(302, found)
        return parts_of(rendered)


def _told(opened: Opened, token: str) -> list[Header]:
    preview = opened.preview
    banner = {"kind": preview.kind, "title": opened.title, "expiresAt": preview.expires_at}
    spelled = quote(orjson.dumps(banner, option=orjson.OPT_UTC_Z).decode(), safe="")
    return [(HEADER, token.encode()), (BANNER, spelled.encode())]
