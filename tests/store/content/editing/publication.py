"""A publication to be edited: texts, lines, lists, JSON, blocks, references that must be public, and one
entry of which there is one only. Authors and tags of the default publication, so that folders import."""

from pathlib import Path

from masthead import model as mh
from masthead.model import DEFAULT_PUBLICATION, compile_model, default_lock


class Note(mh.Block):
    """A piece of a story."""

    text: mh.Markdown


class Story(mh.Entry, path="/stories/{slug}", order="title"):
    """What everybody edits."""

    title: str
    slug: mh.Slug = mh.slug("title")
    summary: str | None = None
    lead: mh.Ref[mh.Author] | None = None
    tags: list[mh.Ref[mh.Tag]] = []  # noqa: RUF012 - a declaration
    labels: list[str] = []  # noqa: RUF012 - a declaration
    body: mh.Markdown
    notes: list[Note] = []  # noqa: RUF012 - a declaration


MODEL, LOCK = compile_model((Story, *DEFAULT_PUBLICATION), default_lock())

CONTENT = f"""
from {__name__} import Story

from masthead.model import DEFAULT_PUBLICATION

globals().update({{each.__name__: each for each in (Story, *DEFAULT_PUBLICATION)}})
"""


def declare(folder: Path) -> Path:
    """Write the folder of this publication, for a server of its own that is started where `tests` is."""
    folder.mkdir(parents=True)
    (folder / "content.py").write_text(CONTENT, "utf-8")
    (folder / "content.lock").write_text(LOCK.to_text(), "utf-8")
    return folder
