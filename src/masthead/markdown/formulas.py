"""Formulas: TeX as it was written, marked so that a page can style or set it."""

import re

from masthead.markdown.tags import attributes_of, plain, tag_text

_INLINE = re.compile(r"<(span|code) ([^<>]*data-math-style=\"[^<>]*)>([^<]*)</\1>")


def math_block(tex: str) -> str:
    """A formula on its own."""
    return f'<div class="math math-display" tabindex="0">{tag_text(tex.strip())}</div>'


def math_spans(html: str) -> str:
    """Replace every formula inside a line."""
    return _INLINE.sub(_span, html)


def _span(element: re.Match[str]) -> str:
    style = attributes_of(element[2]).get("data-math-style")
    kind = "display" if style == "display" else "inline"
    return f'<span class="math math-{kind}">{tag_text(plain(element[3]).strip())}</span>'
