"""Previews: links that show what is not public to whoever has them."""

from masthead.content.previews.preview import OfLatest, OfRelease, OfRevision, Preview, Subject
from masthead.content.previews.previews import LASTS, LONGEST, Link, Opened, Previews
from masthead.content.previews.telling import LINK, create_preview, link_json, read_id
from masthead.content.previews.world import MOST_REFERRERS

__all__ = [
    "LASTS",
    "LINK",
    "LONGEST",
    "MOST_REFERRERS",
    "Link",
    "OfLatest",
    "OfRelease",
    "OfRevision",
    "Opened",
    "Preview",
    "Previews",
    "Subject",
    "create_preview",
    "link_json",
    "read_id",
]
