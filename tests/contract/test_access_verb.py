"""`masthead access explain` says what somebody may do with an entry, and by which rule."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import execute, with_database

CONTENT = """
import masthead as mh


class Post(mh.Entry, path="/posts/{slug}"):
    title: str
    slug: mh.Slug = mh.slug("title")
    notes: str | None = None


mh.policies(
    Post,
    mh.allow("read", to=mh.anyone, when=mh.is_live & (mh.this.title != "Secret")),
    mh.allow("change", to="author", when=mh.is_own),
    mh.hide("notes", but="legal"),
)
"""


@pytest.fixture(scope="module")
def blog(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A folder with one post, and the database that it is in, for questions that change nothing."""
    folder, name = tmp_path_factory.mktemp("blog"), f"explained_{os.getpid()}"
    (folder / "content.py").write_text(CONTENT, "utf-8")
    (folder / "posts").mkdir()
    (folder / "posts" / "hello.md").write_text("---\ntitle: Hello\nnotes: n\n---\n", "utf-8")
    asyncio.run(execute(server_url, f"CREATE DATABASE {name}"))
    url = with_database(server_url, name)
    assert masthead(url, "import", str(folder))[0] == 0
    yield url, folder
    asyncio.run(execute(server_url, f"DROP DATABASE {name} WITH (FORCE)"))


def masthead(database: str, *arguments: str) -> tuple[int, str, str]:
    """Exit status and what was printed."""
    command = [sys.executable, "-m", "masthead.cli", *arguments]
    environment = {**os.environ, "DATABASE_URL": database}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout, done.stderr


def explain(blog: tuple[str, Path], user: str, entry: str) -> tuple[int, str, str]:
    """The verb, asked of the blog."""
    url, folder = blog
    return masthead(url, "access", "explain", user, entry, str(folder))


def test_every_action_has_its_reason(blog: tuple[str, Path]) -> None:
    """The rule, whether it holds, and the value that decided it."""
    status, text, _ = explain(blog, "role:author", "/posts/hello")
    assert status == 0
    first, *_ = text.splitlines()
    assert first == "role:author: roles author; groups none"
    assert "live; nobody owns it" in text
    assert EXPLAINED in text


EXPLAINED = """
read what is public: yes, but not notes
  yes  allow("read", to=anyone, when=is_live & (this.title != "Secret"))
       yes  is_live
       yes  this.title != "Secret"
                 title is 'Hello'
  no   hide("notes", but="legal"): the viewer is none of these
"""


def test_the_anonymous_and_the_owner(blog: tuple[str, Path]) -> None:
    """One may not change it, the other may do everything."""
    for user, expected in (("anonymous", "change: no"), ("role:owner", "Owners may do everything.")):
        assert expected in explain(blog, user, "/posts/hello")[1]


@pytest.mark.parametrize(
    ("user", "entry", "code"),
    [
        ("nobody@example.org", "/posts/hello", "account-missing"),
        ("nobody", "/posts/hello", "email-invalid"),
        ("anonymous", "/posts/absent", "entry"),
        ("anonymous", "00000000-0000-0000-0000-000000000001", "entry"),
    ],
)
def test_who_or_what_is_not_there_is_named(blog: tuple[str, Path], user: str, entry: str, code: str) -> None:
    """With exit status 2, and nothing on standard output."""
    status, text, error = explain(blog, user, entry)
    assert (status, text) == (2, "")
    assert code in error
