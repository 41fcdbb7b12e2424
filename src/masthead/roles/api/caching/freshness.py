"""Whether what is in memory may be answered with: what caches need of `events.Coherence`."""

from typing import Protocol


class Freshness(Protocol):
    """The leave to answer from memory; it is asked for again for each answer."""

    def is_fresh(self) -> bool:
        """Whether every change that was acknowledged has been reacted to."""

    async def ensure(self) -> bool:
        """The same, after trying to catch up."""

    async def knows_all(self) -> bool:
        """Whether nothing has been committed that this process has not reacted to."""


async def is_good(freshness: Freshness) -> bool:
    """Whether this request may be answered from memory, or by what is being made for another one."""
    return freshness.is_fresh() or await freshness.ensure()
