"""The database goes away while clients listen: nothing that happens meanwhile is lost to them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tests.store.content.commands.desk import Desk
from tests.store.live.house import House, Listener, open_house
from tests.story.coherence.chaos_proxy import ChaosProxy

from masthead.store import Database, open_database

CHANGED = "subscription { entryChanged { entry { ... on Page { title } } } }"
TITLES = "query @live { pages(orderBy: {title: ASC}) { nodes { title } } }"


@asynccontextmanager
async def behind_a_proxy(url: str) -> AsyncIterator[tuple[House, ChaosProxy]]:
    """Everything that an API process has, connected by way of a proxy."""
    proxy = ChaosProxy(url, seed=1)
    try:
        async with open_database(await proxy.open(), size=4) as database, open_house(database) as house:
            yield house, proxy
    finally:
        await proxy.close()


class Client:
    """One that begins again behind what it has heard, when its subscription is ended with a reason."""

    def __init__(self, house: House, listener: Listener) -> None:
        self._house = house
        self._listener = listener
        self.last: str | None = None
        self.reasons: list[str] = []

    async def titles(self, count: int) -> list[str]:
        """Those of the next events."""
        found: list[str] = []
        while len(found) < count:
            said = await self._listener.next()
            payload = self._listener.heard[self._listener.read - 1]
            self.last = payload.id
            if payload.is_refusal:
                self.reasons.append(said["errors"][0]["extensions"]["code"])
                self._listener = await self._house.listen(CHANGED, last=self.last)
                continue
            found.append(said["data"]["entryChanged"]["entry"]["title"])
        return found


async def test_no_event_is_lost_by_an_outage(database: Database, database_url: str) -> None:
    """Connections are reset, and nothing passes for a while, in which others publish. A subscription goes on,
    or ends with a reason and is resumed behind the last id; a live query answers again by itself."""
    async with behind_a_proxy(database_url) as (house, proxy):
        others = Desk.at(database)
        client = Client(house, await house.listen(CHANGED))
        query = await house.listen(TITLES)
        await query.next()
        await others.public(await others.page("Alpha"))
        assert json.dumps(await query.until(lambda said: "Alpha" in json.dumps(said)))
        assert await client.titles(1) == ["Alpha"]
        proxy.be_silent()
        proxy.cut()
        for title in ("Beta", "Gamma"):
            await others.public(await others.page(title))
        proxy.go_on()
        assert await client.titles(2) == ["Beta", "Gamma"]
        said = await query.until(lambda said: "Gamma" in json.dumps(said))
        assert [each["title"] for each in said["data"]["pages"]["nodes"]] == ["Alpha", "Beta", "Gamma"]


@pytest.mark.parametrize("waiting", [0, 2])
async def test_who_has_taken_nothing_yet_resumes_too(database: Database, waiting: int) -> None:
    """The reason that ends a subscription brings the position to begin again from: before what waited for the
    client, and was let go."""
    titles = ["Alpha", "Beta", "Gamma"]
    async with open_house(database) as house:
        client = Client(house, await house.listen(CHANGED))
        witness = Client(house, await house.listen(CHANGED))
        for title in titles[:waiting]:
            await house.desk.public(await house.desk.page(title))
        assert await witness.titles(waiting) == titles[:waiting]
        lose: Any = house.events._lose
        lose(None)
        for title in titles[waiting:]:
            await house.desk.public(await house.desk.page(title))
        house.events._is_following.set()  # as when the feed is followed again
        assert await client.titles(3) == titles
        assert client.reasons == ["LIVE_INTERRUPTED"]
