"""A count of rows that cannot tell the trap from the plan proves nothing: the wrong shape is found out."""

import re

import pytest
from tests.store.query.test_traps import rows_touched

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.store import Database

PAGE = "{ posts(first: 20) { nodes { title cover { url } } } }"
COVER = re.compile(
    r', (?P<json>\(SELECT to_json\(o\$\)) (?P<cover>FROM \(SELECT t\$\d+\."path".+?\)) o\$\) AS "cover"'
    r" FROM (?P<page>\(SELECT .+? LIMIT 20\) t\$\d+)"
)
"""The cover as the planner writes it: a scalar subselect beside a limited page."""

LATERAL = r""", c."cover" FROM \g<page>
    LEFT JOIN LATERAL \g<json> AS "cover" \g<cover> o$ %s) c ON true"""


async def covers_read(database: Database, lateral: str | None) -> int:
    """How many assets the page touches: as it is planned, or with its cover joined so."""
    sql = Engine(default_model(), database.public).plan(PAGE)[0].sql
    if lateral is not None:
        sql, count = COVER.subn(lateral, sql)
        assert count == 1, sql
    return (await rows_touched(database, sql))["asset"]


async def test_an_unfenced_lateral_reads_every_asset(library: Database) -> None:
    """Trap 1: it is pulled up, and JSON is made of all 200 for a page of 20."""
    assert await covers_read(library, LATERAL % "") == 200


@pytest.mark.parametrize("lateral", [None, LATERAL % "OFFSET 0"], ids=["the plan", "a fenced one"])
async def test_a_subselect_and_a_fence_read_the_page_only(library: Database, lateral: str | None) -> None:
    """So it is the missing fence that is found out, and nothing else."""
    assert await covers_read(library, lateral) == 20
