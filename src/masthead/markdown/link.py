"""A link or an image of a Markdown source."""

from dataclasses import dataclass, field
from typing import Literal

from masthead.markdown.destinations import Span
from masthead.markdown.urls import LinkKind

Form = Literal["inline", "reference", "autolink", "html"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image. `url` is the URL as Markdown reads it: no escapes, no entities.

    `text` is a link's text or an image's alternative text. `line` and `column` are where it begins
    in the source, counted from 1 in characters; a reference stands where it is used.
    """

    kind: LinkKind
    url: str
    text: str
    line: int
    column: int
    form: Form = field(default="inline", repr=False)
    span: Span = field(default=(0, 0), repr=False)
    """Where the URL is written, as offsets into the source; for a reference, in its definition."""
