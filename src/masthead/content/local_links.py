"""The links of a text that lead to other files or addresses of the same folder."""

import re

from masthead.markdown import find_links, is_external

# Where a URL may begin that has no scheme, no host and is no fragment. Finding all links takes a
# renderer's work; most texts of most blogs have none of these and are told apart here.
_BEGINS = r"(?:\s|>)*<?(?![A-Za-z][A-Za-z0-9+.-]*:|//|#)\S"
_CANDIDATE = re.compile(rf"\]\({_BEGINS}|\]:{_BEGINS}|(?:href|src)\s*=\s*[\"']?{_BEGINS}", re.IGNORECASE)


def is_local(url: str) -> bool:
    """Whether a URL may lead to a file or address of the same publication."""
    return bool(url) and not url.startswith("#") and not is_external(url)


def local_urls(source: str) -> tuple[str, ...]:
    """The local URLs of a Markdown text, each once, in order."""
    if _CANDIDATE.search(source) is None:
        return ()
    return tuple(dict.fromkeys(link.url for link in find_links(source, is_local) if is_local(link.url)))
