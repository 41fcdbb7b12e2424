"""Every state that steps can lead to, the nearest first."""

from collections import deque

from tests.unit.events.coherence.protocol import Protocol, Publisher, World


def find_wrong(protocol: Protocol, changes: int = 1) -> tuple[list[str] | None, int]:
    """The shortest way to a read that is older than an acknowledgement before it, None where there is none;
    and how many states were seen. With None it was all of them."""
    start = World(publishers=(Publisher(),) * changes)
    came: dict[World, tuple[World, str] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        world = waiting.popleft()
        if not protocol.is_right(world):
            return _way(came, world), len(came)
        for step, following in protocol.steps(world):
            if following not in came:
                came[following] = (world, step)
                waiting.append(following)
    return None, len(came)


def _way(came: dict[World, tuple[World, str] | None], world: World) -> list[str]:
    steps: list[str] = []
    while (before := came[world]) is not None:
        world, step = before
        steps.append(step)
    return steps[::-1]
