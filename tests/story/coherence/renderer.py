"""A site's process, as small as can be: it asks GraphQL for a page, with the word that it was given, and says
of what it renders what the answer says that it depends on. So does the shipped site; what is tested with this
one are the pages that the API process keeps.

`python -m tests.story.coherence.renderer PORT API`.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

_PAGE = "query ($slug: String!) { page(slug: $slug) { title } }"
_WORD, _DEPENDS = "x-masthead-fill", "x-masthead-depends"


class Renderer(BaseHTTPRequestHandler):
    """Renders `/SLUG`."""

    protocol_version = "HTTP/1.1"
    api = ""

    def do_GET(self) -> None:
        """The title in a heading; 404 where there is no such page, 500 where nobody knows."""
        try:
            page, depends = self._ask(self.path.strip("/"))
        except (HTTPError, URLError, OSError, KeyError) as error:
            self._answer(500, f"<h1>{type(error).__name__}</h1>", None)
            return
        if page is None:
            self._answer(404, "<h1>Nothing</h1>", depends)
        else:
            self._answer(200, f"<h1>{page['title']}</h1>", depends)

    def _ask(self, slug: str) -> tuple[dict[str, str] | None, str | None]:
        body = json.dumps({"query": _PAGE, "variables": {"slug": slug}}).encode()
        headers = {"content-type": "application/json", "accept": "application/json"}
        headers |= {_WORD: word} if (word := self.headers[_WORD]) else {}
        with urlopen(Request(f"{self.api}/graphql", body, headers), timeout=60) as reply:
            answer = json.load(reply)
            return answer["data"]["page"], reply.headers[_DEPENDS]

    def _answer(self, status: int, html: str, depends: str | None) -> None:
        content = html.encode()
        self.send_response(status)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(content)))
        if depends is not None:
            self.send_header(_DEPENDS, depends)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


if __name__ == "__main__":
    Renderer.api = sys.argv[2]
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Renderer).serve_forever()
