"""Verify finds what is not as the revisions say: one deliberate difference, one line."""

from pathlib import Path

import pytest
from tests.store.content.folders import PIXEL, bring_in, differences, write

from masthead.store import Database

FILES = {
    "p.md": "---\ntitle: P\ndate: 2024-01-05\nauthor: Ada\ntags: [go]\naliases: [/old]\n---\n"
    "See [a](a.md). ![x](x.png)\n",
    "a.md": "A\n",
    "d.md": "---\ndate: 2024-01-05\ndraft: true\ntags: [secret]\n---\nD\n",
    "x.png": PIXEL,
}

HARM = {
    "live.post": "UPDATE live.post SET title = 'Q'",
    "live.page": "UPDATE live.page SET body_html = body_html || ' '",
    "draft.page": "DELETE FROM draft.page",
    "live.tag": "INSERT INTO live.tag (id, path, created_at, updated_at, published_at, name, slug) "
    "SELECT id, path, created_at, updated_at, created_at, name, slug FROM draft.tag WHERE slug = 'secret'",
    "live.post__authors": "DELETE FROM live.post__authors",
    "draft.post__tags": "UPDATE draft.post__tags SET position = 7",
    "live._route": "UPDATE live._route SET path = '/older' WHERE path = '/old'",
    "masthead.link": "DELETE FROM masthead.link WHERE stage = 'draft'",
    "live.author": "DELETE FROM live.author",
}


async def test_what_an_import_wrote_verifies(database: Database, tmp_path: Path) -> None:
    """No difference."""
    await bring_in(database, write(tmp_path / "blog", FILES))
    assert await differences(database) == []


@pytest.mark.parametrize("table", HARM)
async def test_a_deliberate_difference_is_found(database: Database, tmp_path: Path, table: str) -> None:
    """It names the table."""
    await bring_in(database, write(tmp_path / "blog", FILES))
    async with database.transaction() as transaction:
        await transaction.execute("SET CONSTRAINTS ALL DEFERRED")
        await transaction.execute("SET session_replication_role = replica")  # harm knows no foreign keys
        await transaction.execute(HARM[table])
        await transaction.execute("SET session_replication_role = DEFAULT")
    found = await differences(database)
    assert found
    assert {line.partition(" ")[0] for line in found} == {table}


async def test_a_derived_entry_that_nobody_refers_to_is_found(database: Database, tmp_path: Path) -> None:
    """A tag that only a draft has must not be public in the registry either."""
    await bring_in(database, write(tmp_path / "blog", FILES))
    async with database.transaction() as transaction:
        await transaction.execute(
            "UPDATE masthead.entry SET published = head, published_at = now() "
            "WHERE id = (SELECT id FROM draft.tag WHERE slug = 'secret')"
        )
    found = await differences(database)
    assert any("is public, and nothing public refers to it" in line for line in found)
