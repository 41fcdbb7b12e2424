"""What the site's process asks while it renders a page: answers that say what they depend on.

The API process hands Node a word with each page that it has rendered; Node asks GraphQL with it, collects
what the replies say they depend on, and says it of the page. The word is a secret: what an answer depends on
tells of policies, which are not everybody's business.

Such questions are never answered from memory, whoever asks them: the page may be for another process, which
knows of a change already that this one has yet to hear of.
"""

import hmac
import secrets
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.graphql import DEPENDS
from masthead.query.dependencies import Dependencies, read_spelled, spell

__all__ = ["DEPENDS", "FILL", "Fills"]

FILL = b"x-masthead-fill"
"""The word, from us to Node and from Node to GraphQL."""

SPELLED = b"x-masthead-depends"
"""From GraphQL to Node, and from Node to us: a line for each reply. None, or an empty one: nobody knows."""

MOST = 3000
"""Characters of a line. Node takes 16 KiB of headers."""


class Fills:
    """The word, and what is said by those who have it."""

    def __init__(self, secret: str | None = None) -> None:
        self._word = (secret or secrets.token_hex(16)).encode()

    @property
    def header(self) -> tuple[bytes, bytes]:
        """What Node is asked with."""
        return FILL, self._word

    @staticmethod
    def read(headers: Iterable[tuple[bytes, bytes]]) -> Dependencies | None:
        """What a page depends on, as Node says; None where it does not know, which is every change."""
        found = Dependencies()
        is_told = False
        for name, value in headers:
            if name == SPELLED:
                is_told = True
                try:
                    found |= read_spelled(value.decode("ascii"))
                except ValueError:
                    return None
        return found if is_told else None

    async def answer(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send, word: bytes) -> None:
        """Let `app` answer, and say what the answer depends on, to who knows the word."""
        if not hmac.compare_digest(word, self._word):
            await app(scope, receive, send)
            return
        found: list[Dependencies | None] = []
        scope[DEPENDS] = found

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start" and (line := _line(found)) is not None:
                message = {**message, "headers": [*message["headers"], (SPELLED, line.encode())]}
            await send(message)

        await app(scope, receive, send_with)


def _line(found: list[Dependencies | None]) -> str | None:
    """Nothing is said where one of several answers is not known."""
    if len(found) != 1 or found[0] is None:
        return None
    return spell(found[0], MOST)
