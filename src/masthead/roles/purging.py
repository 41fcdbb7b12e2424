"""Telling a CDN what to drop after each change of what is public. One worker at a time does.

It reads the changes themselves, not the events: an import, a new slug and a text that links to what was
renamed touch entries that no event is about. Who begins to tell drops everything first, because nobody
knows what was changed before. Each tag is told twice: an answer that left here before a change can arrive
at the CDN after the first time.
"""

import asyncio
from time import monotonic

import httpcore
import orjson
import structlog

from masthead.kernel import MastheadError
from masthead.kernel.settings import Settings
from masthead.roles.surrogate_keys import EVERYTHING, tags_of_change
from masthead.store import CHANGES, FAILURES, Database, Sole, newest_change, read_changes

log = structlog.get_logger("masthead.worker")

AGAIN = 5.0
"""Seconds after which a tag is told once more."""

POLL = 1.0
"""Seconds between two looks; a notification comes first."""

TIMEOUT = 2.0
"""Seconds that the CDN may take to answer: less than the server waits for us to say something."""

MOST_AT_ONCE = {"fastly": 256, "cloudflare": 30}
"""Tags of one request."""

_ONLY = 0x456E7479
"""The advisory lock of who tells."""


class Cdn:
    """A CDN's door for dropping what has one of some tags."""

    def __init__(self, settings: Settings) -> None:
        if settings.cdn_purge_url is None:
            raise AssertionError("nobody is to be told")
        self._url = settings.cdn_purge_url.get_secret_value()
        token = settings.cdn_purge_token
        self._token = "" if token is None else token.get_secret_value()
        self._kind = settings.cdn_kind
        self._pool = httpcore.AsyncConnectionPool(max_connections=2)

    async def drop(self, tags: list[str]) -> bool:
        """Whether the CDN has dropped them all. Redirects are not followed."""
        most = MOST_AT_ONCE[self._kind]
        for begin in range(0, len(tags), most):
            if not await self._drop(tags[begin : begin + most]):
                return False
        return True

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.aclose()

    async def _drop(self, tags: list[str]) -> bool:
        headers, body = self._request(tags)
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT)
        try:
            async with asyncio.timeout(TIMEOUT):
                answer = await self._pool.request(
                    "POST", self._url, headers=headers, content=body, extensions={"timeout": timeouts}
                )
        except (TimeoutError, *_UNREACHABLE) as error:
            log.warning("cdn.unreachable", error=f"{type(error).__name__}: {error}")
            return False
        if answer.status // 100 != 2:
            log.warning("cdn.refused", status=answer.status)
            return False
        return True

    def _request(self, tags: list[str]) -> tuple[list[tuple[bytes | str, bytes | str]], bytes]:
        if self._kind == "fastly":
            return [("fastly-key", self._token), ("surrogate-key", " ".join(tags))], b""
        return [
            ("authorization", f"Bearer {self._token}"),
            ("content-type", "application/json"),
        ], orjson.dumps({"tags": tags})


_UNREACHABLE = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)


class Purge:
    """What is to be told, and when. Knows no database and no network."""

    def __init__(self) -> None:
        self._due: dict[str, None] = {EVERYTHING: None}
        self._again: dict[str, float] = {}

    def add(self, tags: tuple[str, ...]) -> None:
        """Tell them at once, and again."""
        self._due |= dict.fromkeys(tags)

    def due(self, now: float) -> list[str]:
        """What is to be told now. What is in everything need not be told by itself."""
        tags = list(self._due | {tag: None for tag, at in self._again.items() if at <= now})
        return [EVERYTHING] if EVERYTHING in tags else tags

    def told(self, now: float) -> None:
        """All that was due has been told."""
        waiting = {tag: at for tag, at in self._again.items() if at > now}
        self._again = waiting | dict.fromkeys(self._due, now + AGAIN)
        self._due = {}


async def keep_purging(database: Database, settings: Settings) -> None:
    """Tell the CDN of every change, until cancelled; nothing where the settings name none."""
    if settings.cdn_purge_url is None:
        return
    cdn = Cdn(settings)
    try:
        while True:
            try:
                async with database.sole(CHANGES) as session:
                    await _keep_telling(session, cdn)
            except (MastheadError, *FAILURES, TimeoutError) as error:
                log.warning("cdn.interrupted", error=str(error))
            await asyncio.sleep(POLL)
    finally:
        await cdn.close()


async def _keep_telling(session: Sole, cdn: Cdn) -> None:
    while not await session.is_only(_ONLY):
        await session.wakes.wait(POLL)
    known, purge = await newest_change(session), Purge()
    while True:
        for tags, number in await _changed(session, known):
            purge.add(tags)
            known = number
        now = monotonic()
        tags_due = purge.due(now)
        if tags_due and await cdn.drop(tags_due):
            purge.told(now)
        await session.wakes.wait(POLL)


async def _changed(session: Sole, known: int) -> list[tuple[tuple[str, ...], int]]:
    changes = await read_changes(session, known)
    if changes is None:
        return [((EVERYTHING,), await newest_change(session))]
    return [(tags_of_change(each), each.number) for each in changes]
