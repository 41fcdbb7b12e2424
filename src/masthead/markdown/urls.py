"""URLs in sanitised HTML: which are safe, and how they are replaced.

Works on the sanitiser's output only, where `<` always opens a tag and every attribute is quoted.
"""

import re
from collections.abc import Callable
from typing import Literal

from masthead.markdown.tags import attributes_of, plain, quoted, tag_text

LinkKind = Literal["link", "image"]
Links = Callable[[LinkKind, str], str | None]
"""Given a URL of a document: the URL to show in its place, or None for none."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel", "entry", "asset"})
# What browsers strip before they read a scheme (WHATWG URL, "basic URL parser", steps 1 to 3).
_IGNORED = re.compile(r"^[\x00-\x20]+|[\t\n\r]+")
# SVG is a document that can run; these cannot. No parameters but base64.
_RASTER = re.compile(r"data:image/(?:avif|gif|jpeg|png|webp);base64,[A-Za-z0-9+/=\s%]*\Z", re.IGNORECASE)
_HAS_DATA = re.compile(r'="\s*d\s*a\s*t\s*a\s*:', re.IGNORECASE)
_WITH_DATA = re.compile(r"<[a-z][^<>]*>")
_URL_ATTRIBUTES = ("href", "src", "poster")
_WITH_URL = re.compile(r'<(a|img|audio|video|source|track)((?: [^<>]*?)??) (href|src)="([^"]*)"([^<>]*)>')


def keep(kind: LinkKind, url: str) -> str | None:  # noqa: ARG001 - the shape of Links
    """The URL itself: what `render` does when it is told nothing else."""
    return url


def is_safe_url(url: str, *, is_image: bool = False) -> bool:
    """Whether a browser that follows or loads `url` cannot be made to run something."""
    bare = _IGNORED.sub("", url)
    scheme = _SCHEME.match(bare)
    if scheme is None or scheme[1].lower() in _SAFE_SCHEMES:
        return True
    return is_image and _RASTER.match(bare) is not None


def drop_unsafe_data(html: str) -> str:
    """Remove every `data:` URL but raster images in <img>; the sanitiser knows only schemes."""
    if not _HAS_DATA.search(html):
        return html
    return _WITH_DATA.sub(_without_unsafe_data, html)


def replace_urls(html: str, links: Links, fragments: Callable[[str], str]) -> str:
    """Ask `links` about every URL, and `fragments` about those within the page (`#...`).

    A link without a URL keeps its text; an image without one becomes its alternative text.
    """

    def replace(tag: re.Match[str]) -> str:
        name, written = tag[1], tag[4]
        url = plain(written)
        kind: LinkKind = "image" if name == "img" else "link"
        new = fragments(url) if url.startswith("#") else links(kind, url)
        # Most URLs stay as they are, and the sanitiser has passed them: this is the fast way.
        return tag[0] if new == url else _with_url(tag, new)

    return _WITH_URL.sub(replace, html)


def _with_url(tag: re.Match[str], new: str | None) -> str:
    name, before, key, after = tag[1], tag[2], tag[3], tag[5]
    if new is not None and is_safe_url(new, is_image=name == "img"):
        return f'<{name}{before} {key}="{quoted(new)}"{after}>'
    if name == "img":
        return tag_text(attributes_of(before + after).get("alt", ""))
    return f"<{name}{before}{after}>"


def _without_unsafe_data(tag: re.Match[str]) -> str:
    if not _HAS_DATA.search(tag[0]):
        return tag[0]
    name, _, rest = tag[0][1:-1].partition(" ")
    attributes = attributes_of(rest)
    for key in [key for key in _URL_ATTRIBUTES if key in attributes]:
        if not is_safe_url(attributes[key], is_image=name == "img"):
            del attributes[key]
    return attributes.tag(name)
