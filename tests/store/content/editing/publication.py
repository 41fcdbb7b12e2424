"""A publication to be edited: texts, lines, lists, JSON, blocks, references that must be public, and one
entry of which there is one only. Authors and tags of the default publication, so that folders import."""

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


MODEL = compile_model((Story, *DEFAULT_PUBLICATION), default_lock())[0]
