"""The links of a text that lead to other files or addresses of the same folder."""

import re

from masthead.markdown import Link, find_links, is_external

# Where a URL may begin that has no scheme, no host and is no fragment. Finding all links takes a
# renderer's work; most texts of most blogs have none of these and are told apart here. Three patterns
# that begin with plain text, because Python's engine skips to such a beginning at the speed of memchr.
_BEGINS = r"(?:\s|>)*<?(?![A-Za-z][A-Za-z0-9+.-]*:|//|#)\S"
_INLINE = re.compile(rf"\]\({_BEGINS}")
_DEFINITION = re.compile(rf"\]:{_BEGINS}")
_ATTRIBUTE = re.compile(rf"(?:href|src)\s*=\s*[\"']?{_BEGINS}", re.IGNORECASE)
_NAMES = ("href", "src", "HREF", "SRC", "Href", "Src")


def is_local(url: str) -> bool:
    """Whether a URL may lead to a file or address of the same publication."""
    return bool(url) and not url.startswith("#") and not is_external(url)


def local_urls(source: str) -> tuple[str, ...]:
    """The local URLs of a Markdown text, each once, in order."""
    return tuple(dict.fromkeys(link.url for link in local_links(source)))


def local_links(source: str) -> list[Link]:
    """The links of a Markdown text that have local URLs."""
    if not _may_have_local(source):
        return []
    return [link for link in find_links(source, is_local) if is_local(link.url)]


def _may_have_local(source: str) -> bool:
    if _INLINE.search(source) or _DEFINITION.search(source):
        return True
    return "<" in source and any(name in source for name in _NAMES) and bool(_ATTRIBUTE.search(source))
