"""Rows of previews. Everybody may list their own, which may be none."""

from tests.story.authorisation.row import Ask, Row, always
from tests.story.authorisation.world import World


async def _new(world: World) -> Ask:
    return Ask("/api/previews", {"entry": (await world.draft("Post")).id})


async def _one(world: World) -> Ask:
    made = await world.owner("POST", "/api/previews", {"entry": (await world.draft("Post")).id})
    return Ask(f"/api/previews/{made['id']}")


PREVIEW_ROWS = (
    Row("GET /api/previews", always("/api/previews"), may="person"),
    Row("POST /api/previews", _new),
    Row("DELETE /api/previews/{preview}", _one),
)
