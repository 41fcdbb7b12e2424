"""Fragments: the heading that a link names is there."""

from collections.abc import Iterator
from urllib.parse import unquote

from masthead.content.check.finding import Fault, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.subject import Subject
from masthead.markdown import is_external


def _missing(subject: Subject, index: FolderIndex) -> Iterator[Fault]:
    for each in subject.links:
        link = each.link
        path, hash_sign, fragment = link.url.partition("#")
        # `#top` is the page itself (HTML, section 7.4.2.4); `#:~:text=` is the browser's business.
        if link.kind != "link" or not hash_sign or is_external(link.url) or not fragment:
            continue
        if fragment.lower() == "top" or fragment.startswith(":~:"):
            continue
        target = index.find(path, subject)
        if (
            target is None
            or target.subject is None
            or target.subject.has_fragment(unquote(fragment), subject)
        ):
            continue
        where = "this file" if target.subject is subject else target.path
        message = (
            f'The link "{link.text.strip() or link.url}" leads to "#{fragment}", which {where} does not have.'
        )
        yield Fault(each.place, message)


ANCHOR_MISSING = Rule(
    "anchor-missing",
    "A link's fragment names a heading or an id of the text that it leads to.",
    "error",
    "Take the anchor of a heading that is there: its words in lower case with hyphens.",
    _missing,
)
