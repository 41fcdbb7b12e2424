"""A folder becomes entries: the whole way, from files to rows."""

from pathlib import Path

from masthead.content import ImportOptions, import_folder
from masthead.model import default_model
from masthead.store import Database


async def test_a_post_and_a_page_become_entries(database: Database, tmp_path: Path) -> None:
    """Front matter, author, tag, body; a second import finds nothing to do."""
    folder = tmp_path / "blog"
    (folder / "posts").mkdir(parents=True)
    (folder / "posts/hello.md").write_text(
        "---\ntitle: Hello\ndate: 2024-01-05\nauthor: Ada\ntags: [one]\n---\nSee [about](../about.md#us).\n"
    )
    (folder / "about.md").write_text("# About\n\nUs.\n")
    report = await import_folder(database, default_model(), folder, data=tmp_path / "data")
    assert report.problems == ()
    assert report.created == ("about.md", "posts/hello.md")
    async with database.transaction() as transaction:
        rows = await transaction.fetch("SELECT path, title, body_html FROM live.post")
        authors = await transaction.fetch("SELECT path, name FROM live.author")
    assert rows == [
        {
            "path": "/posts/hello",
            "title": "Hello",
            "body_html": '<p>See <a href="/about#us">about</a>.</p>\n',
        }
    ]
    assert authors == [{"path": "/authors/ada", "name": "Ada"}]
    again = await import_folder(
        database, default_model(), folder, data=tmp_path / "data", options=ImportOptions()
    )
    assert (again.created, again.changed, len(again.unchanged)) == ((), (), 2)
