"""Who gets past which door: a row for each endpoint, mutation and page."""

from tests.story.authorisation.entry_rows import ENTRY_ROWS
from tests.story.authorisation.mutation_rows import MUTATION_ROWS
from tests.story.authorisation.people_rows import PEOPLE_ROWS
from tests.story.authorisation.preview_rows import PREVIEW_ROWS
from tests.story.authorisation.release_rows import RELEASE_ROWS
from tests.story.authorisation.row import Ask, Row
from tests.story.authorisation.webhook_rows import WEBHOOK_ROWS
from tests.story.authorisation.world import World

ROWS: tuple[Row, ...] = (
    *ENTRY_ROWS,
    *RELEASE_ROWS,
    *PREVIEW_ROWS,
    *PEOPLE_ROWS,
    *WEBHOOK_ROWS,
    *MUTATION_ROWS,
)

__all__ = ["ROWS", "Ask", "Row", "World"]
