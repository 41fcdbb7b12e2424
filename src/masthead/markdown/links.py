"""The links and images of a Markdown source, and how their URLs are replaced."""

import re
from collections.abc import Callable, Iterable

from masthead.markdown.destinations import Span, write_destination, write_text
from masthead.markdown.link import Link
from masthead.markdown.link_search import LinkSearch
from masthead.markdown.raw_html import write_attribute

_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def find_links(source: str, wanted: Callable[[str], bool] = lambda _: True) -> list[Link]:
    """Every link and image that the renderer would show, in the order of the source.

    `wanted` is asked first, with the URL as the renderer shows it (percent-encoded where it must be);
    to pass over what needs no work makes the search several times faster.
    """
    return LinkSearch(source, wanted).links()


def rewrite_links(
    source: str, rewrite: Callable[[Link], str | None], wanted: Callable[[str], bool] = lambda _: True
) -> str:
    """Replace the URLs for which `rewrite` gives another one; nothing else changes by a byte.

    None keeps a URL. An autolink (`<https://...>`, or a bare URL) becomes a link of the same text.
    `wanted` is as for `find_links`.
    """
    return rewrite_found(source, find_links(source, wanted), rewrite)


def rewrite_found(source: str, links: Iterable[Link], rewrite: Callable[[Link], str | None]) -> str:
    """`rewrite_links` of links that were found already: to find them is most of the work."""
    replacements: dict[Span, str] = {}
    for link in links:
        new = rewrite(link)
        if new is not None and new != link.url:
            replacements.setdefault(link.span, _written(source, link, new))
    if not replacements:
        return source
    parts: list[str] = []
    end = 0
    for span in sorted(replacements):
        parts += source[end : span[0]], replacements[span]
        end = span[1]
    return "".join((*parts, source[end:]))


def is_external(url: str) -> bool:
    """Whether a URL leads to another site or program (it has a scheme or a host)."""
    return _EXTERNAL.match(url) is not None


def _written(source: str, link: Link, url: str) -> str:
    match link.form:
        case "html":
            return write_attribute(url)
        case "autolink":
            shown = source[slice(*link.span)].removeprefix("<").removesuffix(">")
            return f"[{write_text(shown)}]({write_destination(url)})"
        case _:
            return write_destination(url)
