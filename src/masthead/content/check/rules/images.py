"""Images: there, readable, and described for those who do not see them."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from masthead.content.check.finding import Fault, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.rules.placeholders import is_example_url, is_url_placeholder
from masthead.content.check.subject import Subject
from masthead.kernel import InputError, Place
from masthead.markdown import Link, is_external
from masthead.media import probe

_ALT = re.compile(r"\balt\s*=", re.IGNORECASE)


def _missing(subject: Subject, index: FolderIndex) -> Iterator[Fault]:
    for place, url in _images(subject):
        if is_url_placeholder(url) or is_example_url(url):
            yield Fault(place, f'The image "{url}" is a placeholder.')
        elif not is_external(url) and index.find_file(url, subject) is None:
            yield Fault(place, f'The image "{url}" is not there.')


def _unreadable(subject: Subject, index: FolderIndex) -> Iterator[Fault]:
    for place, url in _images(subject):
        if is_external(url) or (file := index.find_file(url, subject)) is None:
            continue
        try:
            probe(file, PurePosixPath(file).name)
        except InputError as error:
            yield Fault(place, f'The image "{url}" cannot be read: {error.message}', error.remedy)
        except OSError as error:
            yield Fault(place, f'The image "{url}" cannot be read: {error.strerror}.')


def _without_alt(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    for each in subject.links:
        link = each.link
        if link.kind == "image" and not link.text.strip() and not _is_decorative(link, each.source):
            yield Fault(each.place, f'The image "{link.url}" has no alternative text.')


def _images(subject: Subject) -> Iterator[tuple[Place, str]]:
    """The images of the texts, and the one that the front matter names."""
    found = subject.value("cover")
    if found and isinstance(found[1], str) and found[1].strip():
        yield subject.key_place(found[0]), found[1].strip()
    for each in subject.links:
        if each.link.kind == "image" and each.link.url:
            yield each.place, each.link.url


def _is_decorative(link: Link, source: str) -> bool:
    """Whether it is HTML that says so: an empty `alt` is an answer, none is not (WCAG, H67)."""
    start = source.rfind("<", 0, link.span[0])
    end = source.find(">", link.span[1])
    return link.form == "html" and _ALT.search(source, start, end if end >= 0 else len(source)) is not None


IMAGE_MISSING = Rule(
    "image-missing",
    "Every image that the text or the front matter names is in the folder (or on another site).",
    "error",
    "Add the file, or correct the path; /images/x.png is looked up in static, public and assets too.",
    _missing,
)
IMAGE_UNREADABLE = Rule(
    "image-unreadable",
    "Every image is the image that its name says.",
    "error",
    "Export it again.",
    _unreadable,
)
ALT_MISSING = Rule(
    "alt-missing",
    'Every image has alternative text; decoration in HTML says alt="".',
    "warning",
    "Say between the brackets what the image shows: ![what it shows](image.png).",
    _without_alt,
)
