"""What a CDN is told with an answer that it may keep: for how long, and by which tags it will be told to drop
it. Browsers are told nothing of it: they go on asking each time."""

from starlette.types import Message, Send

from masthead.kernel.settings import Settings
from masthead.query.dependencies import Dependencies
from masthead.roles.surrogate_keys import tags_of_answer

Header = tuple[bytes, bytes]


class Cdn:
    """As the settings say; none where it may keep nothing."""

    def __init__(self, settings: Settings) -> None:
        is_fastly = settings.cdn_kind == "fastly"
        self.is_there = settings.cdn_seconds > 0
        self._tags = b"surrogate-key" if is_fastly else b"cache-tag"
        self._between = " " if is_fastly else ","
        stale = settings.cdn_stale_seconds
        lasts = f"max-age={settings.cdn_seconds}" + (f", stale-while-revalidate={stale}" if stale else "")
        # Fastly does not know the field of RFC 9213.
        self._control = (b"surrogate-control" if is_fastly else b"cdn-cache-control", lasts.encode())

    def headers(self, dependencies: Dependencies | None) -> list[Header]:
        """Of an answer that is kept."""
        if not self.is_there:
            return []
        tags = self._between.join(tags_of_answer(dependencies))
        return [self._control, (self._tags, tags.encode())]

    def unkept(self, send: Send) -> Send:
        """For an answer that a change has touched while it was made: the CDN may have been told already."""
        names = {self._control[0], self._tags}

        async def send_unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {
                    **message,
                    "headers": [each for each in message["headers"] if each[0] not in names],
                }
            await send(message)

        return send_unkept if self.is_there else send
