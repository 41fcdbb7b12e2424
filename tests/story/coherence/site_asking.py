"""How the shipped site's pages that list posts are asked for versions, each in its own form."""

import re
from collections.abc import Sequence
from itertools import cycle

from tests.story.coherence.asking import Answered, ApiAsker, Entry, is_hit

_LINK = r'href="(?P<path>/posts/[^"]+)"[^>]*>(?P<title>\d+)</a>'
_FORMS = {
    "/": _LINK,
    "/archive": _LINK,
    "/tags/all": _LINK,
    "/feed.json": r'"url":"[^"]*(?P<path>/posts/[^"]+)","title":"(?P<title>\d+)"',
    "/feed.xml": r"<title>(?P<title>\d+)</title>\s*<link>[^<]*(?P<path>/posts/[^<]+)</link>",
    "/atom.xml": r'<title>(?P<title>\d+)</title>\s*<link [^>]*href="[^"]*(?P<path>/posts/[^"]+)"',
    "/llms.txt": r"\[(?P<title>\d+)\]\(\S*(?P<path>/posts/\S+)\.md\)",
}
"""How each of them names a post."""


class ShownListAsker(ApiAsker):
    """For one after the other; all posts in one answer."""

    kind = "shown list"

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self._paths = cycle(_FORMS)

    async def ask(self, entries: Sequence[Entry]) -> Answered:
        """The titles of those that are in it."""
        path = next(self._paths)
        answer = await self.get(path)
        shown = re.finditer(_FORMS[path], answer.raise_for_status().text)
        titles = {each["path"]: int(each["title"]) for each in shown}
        return Answered({each.id: titles.get(each.path) for each in entries}, is_hit(answer))
