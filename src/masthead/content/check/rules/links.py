"""Links that lead nowhere: never filled in, or to a file that is not there."""

import re
from collections.abc import Iterator

from masthead.content.check.finding import Fault, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.rules.placeholders import is_example_url, is_url_placeholder
from masthead.content.check.subject import Subject
from masthead.markdown import Link, is_external

_HAS_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,5}$")


def is_placeholder(link: Link) -> bool:
    """Whether nobody has filled the URL in. An autolink shows its URL: it is an example."""
    if is_example_url(link.url):
        return link.form in ("inline", "reference") and not is_example_url(link.text.strip())
    return is_url_placeholder(link.url)


def _placeholder(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    for each in subject.links:
        link = each.link
        if link.kind == "link" and is_placeholder(link):
            message = f'The link "{link.text.strip() or link.url}" leads to a placeholder: "{link.url}".'
            yield Fault(each.place, message)


def _broken(subject: Subject, index: FolderIndex) -> Iterator[Fault]:
    for each in subject.links:
        link = each.link
        if link.kind != "link" or is_external(link.url) or is_placeholder(link):
            continue
        if (
            not link.url.startswith("#")
            and _is_ours(link.url, index)
            and index.find(link.url, subject) is None
        ):
            message = f'The link "{link.text.strip() or link.url}" leads to "{link.url}", which is not there.'
            yield Fault(each.place, message)


def _is_ours(url: str, index: FolderIndex) -> bool:
    """Whether a URL can only mean something in this folder.

    A site has pages beside its content (/learn, /install): of the absolute addresses, only those are
    ours that begin as a content type's do.
    """
    path = url.partition("#")[0].partition("?")[0]
    if not path.startswith("/"):
        return True
    first, _, rest = path.strip("/").partition("/")
    return first in index.names and bool(rest) and not _HAS_SUFFIX.search(rest)


LINK_PLACEHOLDER = Rule(
    "link-placeholder",
    "Every link has been filled in (not `#`, `link-to-...`, TODO or example.com).",
    "error",
    "Link to what is meant, or remove the link.",
    _placeholder,
)
LINK_BROKEN = Rule(
    "link-broken",
    "A link within the folder leads to a file or an entry of it.",
    "error",
    "Correct the path, or remove the link.",
    _broken,
)
