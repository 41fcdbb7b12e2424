"""`masthead access explain` says what somebody may do with an entry, and by which rule."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.fixture
def publication(tmp_path: Path, empty_database_url: str) -> Path:
    """A folder with one post, imported."""
    (tmp_path / "content.py").write_text(CONTENT, "utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "hello.md").write_text("---\ntitle: Hello\nnotes: n\n---\n", "utf-8")
    assert masthead(empty_database_url, "import", str(tmp_path))[0] == 0
    return tmp_path


def masthead(database: str, *arguments: str) -> tuple[int, str, str]:
    """Exit status and what was printed."""
    command = [sys.executable, "-m", "masthead.cli", *arguments]
    environment = {**os.environ, "DATABASE_URL": database}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout, done.stderr


def test_every_action_has_its_reason(publication: Path, empty_database_url: str) -> None:
    """The rule, whether it holds, and the value that decided it."""
    status, text, _ = masthead(
        empty_database_url, "access", "explain", "role:author", "/posts/hello", str(publication)
    )
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


def test_the_anonymous_and_the_owner(publication: Path, empty_database_url: str) -> None:
    """One may not change it, the other may do everything."""
    for user, expected in (("anonymous", "change: no"), ("role:owner", "Owners may do everything.")):
        asked = ("access", "explain", user, "/posts/hello", str(publication))
        assert expected in masthead(empty_database_url, *asked)[1]


@pytest.mark.parametrize(
    ("user", "entry", "code"),
    [
        ("nobody@example.org", "/posts/hello", "account-missing"),
        ("nobody", "/posts/hello", "email-invalid"),
        ("anonymous", "/posts/absent", "entry"),
        ("anonymous", "00000000-0000-0000-0000-000000000001", "entry"),
    ],
)
def test_who_or_what_is_not_there_is_named(
    publication: Path, empty_database_url: str, user: str, entry: str, code: str
) -> None:
    """With exit status 2, and nothing on standard output."""
    status, text, error = masthead(empty_database_url, "access", "explain", user, entry, str(publication))
    assert (status, text) == (2, "")
    assert code in error
