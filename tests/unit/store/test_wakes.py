"""Who waits to be woken can be stopped, also in the moment in which it is woken."""

import asyncio
from typing import Any, cast

import pytest

from masthead.store.wakes import Wakes


class Open:
    """A connection that stays open."""

    def is_closed(self) -> bool:
        return False


async def test_a_wake_does_not_swallow_a_cancellation() -> None:
    """asyncio.wait_for of Python 3.11 does when both come in one turn: whoever cancels waits for ever."""
    wakes = Wakes(cast("Any", Open()))

    async def wait_on() -> None:
        while True:
            await wakes.wait(60)

    waiting = asyncio.create_task(wait_on())
    for _ in range(3):  # until it waits
        await asyncio.sleep(0)
    wakes.notice()
    await asyncio.sleep(0)  # what it waits for is there, and it has not gone on yet
    waiting.cancel()
    done, _ = await asyncio.wait([waiting], timeout=10)
    assert done, "it goes on waiting"
    with pytest.raises(asyncio.CancelledError):
        await waiting
