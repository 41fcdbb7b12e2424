"""The requests of the reference page of REST are answered."""

import re
from pathlib import Path

import httpx
import pytest
from tests.store.query.large_publication import fill_publication

from masthead.store import Database

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "rest.md").read_text("utf-8")
REQUESTS = [
    request
    for block in re.findall(r"```http\n(.+?)```", PAGE, re.DOTALL)
    for request in re.findall(r"^GET (.+)$", block, re.MULTILINE)
]

NAMES = {
    "UPDATE live.post SET slug = $1 WHERE slug = 'post-7'": "hello-world",
    "UPDATE live.post SET slug = $1 WHERE slug = 'post-8'": "release/v4.2.4",
    "UPDATE live.tag SET slug = $1 WHERE slug = 'tag-7'": "python",
    "UPDATE live.author SET slug = $1 WHERE slug = 'author-7'": "ada",
}


@pytest.mark.parametrize("request_", REQUESTS)
async def test_it_is_answered(client: httpx.AsyncClient, database: Database, request_: str) -> None:
    """As it stands there, over a publication that has what it names."""
    await fill_publication(database)
    async with database.transaction() as transaction:
        for statement, name in NAMES.items():
            await transaction.execute(statement, name)
    answer = await client.get(request_)
    if request_ == "/api/site":  # the publication has no site; the address is there
        assert answer.json()["code"] == "entry-missing"
        return
    assert answer.status_code == 200, answer.text
