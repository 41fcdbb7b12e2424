"""An import tells what it changed, as commands do: each entry that is another now has its events."""

from pathlib import Path
from typing import Any

import orjson
from tests.store.content.event_data import misfits
from tests.store.content.folders import MODEL, bring_in, write

from masthead.store import Database

POST = "---\ntitle: {0}\ndate: 2024-01-05\n{1}\n---\nText of {0}.\n"
_EVENTS = "SELECT type, cause, data FROM masthead.event ORDER BY sequence"


async def told(database: Database) -> list[tuple[str, str]]:
    """What happened to which kind of entry, in order; and the outbox is empty again."""
    rows = await database.drafts.fetch(_EVENTS)
    assert {row["cause"] for row in rows} <= {"import"}
    assert await misfits(database, MODEL) == []
    async with database.transaction() as transaction:
        await transaction.execute("DELETE FROM masthead.event")
    return [(_short(row["type"]), orjson.loads(row["data"])["type"]) for row in rows]


async def data_of(database: Database, event: str) -> dict[str, Any]:
    """What the only event of a type says."""
    name = f"content.entry.{event}.v1"
    (row,) = await database.drafts.fetch("SELECT data FROM masthead.event WHERE type = $1", name)
    found: dict[str, Any] = orjson.loads(row["data"])
    return found


def _short(name: str) -> str:
    return name.removeprefix("content.entry.").removesuffix(".v1")


async def test_what_is_new_is_created_and_published(database: Database, tmp_path: Path) -> None:
    """Also what is there only because others refer to it; of a draft only that it was created."""
    folder = write(
        tmp_path / "blog", {"a.md": POST.format("A", "author: Ada"), "b.md": POST.format("B", "draft: true")}
    )
    await bring_in(database, folder)
    found = await told(database)
    assert sorted(found) == [
        ("created", "Author"),
        ("created", "Post"),
        ("created", "Post"),
        ("created", "Site"),
        ("published", "Author"),
        ("published", "Post"),
        ("published", "Site"),
    ]
    assert found.index(("created", "Author")) < found.index(("published", "Author"))
    await bring_in(database, folder)
    assert await told(database) == []


async def test_what_changed_is_saved_and_published(database: Database, tmp_path: Path) -> None:
    """With the address that it had before, when that is another now."""
    folder = write(tmp_path / "blog", {"a.md": POST.format("A", "slug: one")})
    await bring_in(database, folder)
    await told(database)
    write(folder, {"a.md": POST.format("A", "slug: two")})
    await bring_in(database, folder)
    assert await data_of(database, "published") == {
        "type": "Post",
        "number": 2,
        "path": "/posts/two",
        "formerPath": "/posts/one",
        "state": "published",
    }
    assert await told(database) == [("saved", "Post"), ("published", "Post")]


async def test_what_becomes_a_draft_is_unpublished(database: Database, tmp_path: Path) -> None:
    """And so is what only it referred to."""
    folder = write(tmp_path / "blog", {"a.md": POST.format("A", "author: Ada")})
    await bring_in(database, folder)
    await told(database)
    write(folder, {"a.md": POST.format("A", "author: Ada\ndraft: true")})
    await bring_in(database, folder)
    assert await told(database) == [("saved", "Post"), ("unpublished", "Post"), ("unpublished", "Author")]
    write(folder, {"a.md": POST.format("A", "author: Ada")})
    await bring_in(database, folder)
    assert await told(database) == [("saved", "Post"), ("published", "Post"), ("published", "Author")]


async def test_what_vanished_is_archived(database: Database, tmp_path: Path) -> None:
    """With `--prune`; and it is told when it comes back."""
    folder = write(tmp_path / "blog", {"a.md": POST.format("A", ""), "b.md": POST.format("B", "")})
    await bring_in(database, folder)
    await told(database)
    (folder / "b.md").unlink()
    await bring_in(database, folder, prune=True)
    assert (await data_of(database, "archived"))["formerPath"] == "/posts/b"
    assert await told(database) == [("archived", "Post")]
    write(folder, {"b.md": POST.format("B", "")})
    await bring_in(database, folder)
    assert await told(database) == [("unarchived", "Post"), ("saved", "Post"), ("published", "Post")]


async def test_a_refused_or_dry_run_tells_nothing(database: Database, tmp_path: Path) -> None:
    """Nothing has happened."""
    folder = write(tmp_path / "blog", {"a.md": POST.format("A", "")})
    await bring_in(database, folder, dry_run=True)
    assert await told(database) == []
