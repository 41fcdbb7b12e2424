"""A saved file shows at once; a mistake is told and changes nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from tests.story.conftest import StartUp, Up, write_post


@contextmanager
def changes(client: httpx.Client) -> Iterator[Iterator[int]]:
    """The numbers that an open page hears: the one now, then one a change."""
    with client.stream("GET", "/-/changes") as stream:
        lines = stream.iter_lines()
        numbers = (int(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))
        next(numbers)
        yield numbers


def test_a_saved_file_shows(empty_database_url: str, start_up: StartUp, publication: Path) -> None:
    """The page says what was saved when the open page hears of it."""
    up = start_up(publication, DATABASE_URL=empty_database_url).wait_until_ready()
    with up.client() as client, changes(client) as heard:
        assert "The first post" in client.get("/posts/first").text
        saved = time.monotonic()
        write_post(publication, "first", "Another title")
        next(heard)
        assert "Another title" in client.get("/posts/first").text
        print(f"saved to shown: {time.monotonic() - saved:.3f} s")  # noqa: T201 - a figure, not a claim


def test_a_broken_file_is_told_and_the_old_content_stays(
    empty_database_url: str, start_up: StartUp, publication: Path
) -> None:
    """File, line, reason, remedy on the screen; the site as before; mended, it shows."""
    up = start_up(publication, DATABASE_URL=empty_database_url).wait_until_ready()
    broken = publication / "posts" / "first.md"
    broken.write_text("---\ntitle: [never closed\n---\n")
    assert "posts/first.md:" in _read_until(up, "posts/first.md:")
    with up.client() as client, changes(client) as heard:
        assert "The first post" in client.get("/posts/first").text
        write_post(publication, "first", "Mended")
        next(heard)
        assert "Mended" in client.get("/posts/first").text


def test_a_new_field_is_served_without_a_restart_by_hand(
    empty_database_url: str, start_up: StartUp, publication: Path
) -> None:
    """content.py is saved: the tables get the column, the API its field."""
    (publication / "content.py").write_text(_MODEL)
    up = start_up(publication, DATABASE_URL=empty_database_url).wait_until_ready()
    query = {"query": '{ __type(name: "Post") { fields { name } } }'}
    with up.client() as client:
        (publication / "content.py").write_text(_MODEL + "    subtitle: str | None = None\n")
        while "subtitle" not in _asked(client, query):
            pass


def _asked(client: httpx.Client, query: dict[str, str]) -> str:
    try:
        return client.post("/graphql", json=query).text
    except httpx.TransportError:  # the API process is being replaced
        return ""


def _read_until(up: Up, mark: str) -> str:
    return next(line for line in up.output if mark in line)


_MODEL = '''
from datetime import datetime

import masthead as mh


class Post(mh.Entry, path="/posts/{slug}", order="-date"):
    """A dated article."""

    title: str
    slug: mh.Slug = mh.slug("title")
    date: datetime
    body: mh.Markdown
'''
