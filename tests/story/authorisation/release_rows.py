"""Rows of releases."""

from typing import Any

from tests.story.authorisation.row import Ask, Prepare, Row, always
from tests.story.authorisation.world import World


def _one(tail: str = "", json: Any = None) -> Prepare:
    async def prepare(world: World) -> Ask:
        return Ask(f"/api/releases/{await world.release()}{tail}", json)

    return prepare


async def _scheduled(world: World) -> Ask:
    one = f"/api/releases/{await world.release()}"
    made = await world.owner("POST", f"{one}/schedule", {"at": "2999-01-01T00:00:00Z"})
    return Ask(f"{one}/schedules/{made['schedule']}")


RELEASE_ROWS = (
    Row("GET /api/releases", always("/api/releases")),
    Row("POST /api/releases", always("/api/releases", {"name": "Spring"})),
    Row("GET /api/releases/{release}", _one()),
    Row("PATCH /api/releases/{release}", _one(json={"name": "Summer"})),
    Row("DELETE /api/releases/{release}", _one()),
    Row("POST /api/releases/{release}/publish", _one("/publish")),
    Row("POST /api/releases/{release}/schedule", _one("/schedule", {"at": "2999-01-01T00:00:00Z"})),
    Row("DELETE /api/releases/{release}/schedules/{schedule}", _scheduled),
)
