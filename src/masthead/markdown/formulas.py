"""Formulas: TeX to MathML, which browsers set without a script or a network.

What the converter cannot read, or reads only in part, stays TeX, marked so that a page can style it.
"""

import re
from functools import lru_cache

import nh3

from masthead.markdown.allowed import MATH
from masthead.markdown.tags import Attributes, attributes_of, plain, tag_text

_INLINE = re.compile(r"<(span|code) ([^<>]*data-math-style=\"[^<>]*)>([^<]*)</\1>")
# The converter recurses and takes about 0.1 ms for 10 characters: nobody writes longer ones by hand.
_LONGEST = 5_000
# The converter does not escape what \text{} holds and passes on \href's and \style's arguments.
_CLEANER = nh3.Cleaner(
    tags=set(MATH), clean_content_tags=set(), attributes=MATH, url_schemes=set(), link_rel=None
)


def math_block(tex: str) -> str:
    """A formula on its own line; wide ones scroll, so the keyboard must be able to reach it."""
    return f'<div class="math math-display" tabindex="0">{_formula(tex.strip(), "block")}</div>'


def math_spans(html: str) -> str:
    """Replace every formula inside a line of sanitised HTML."""
    return _INLINE.sub(_span, html)


def _span(element: re.Match[str]) -> str:
    tex = plain(element[3]).strip()
    if attributes_of(element[2]).get("data-math-style") == "display":
        return f'<span class="math math-display">{_formula(tex, "block")}</span>'
    return f'<span class="math math-inline">{_formula(tex, "inline")}</span>'


@lru_cache(maxsize=1024)
def _formula(tex: str, display: str) -> str:
    mathml = _mathml(tex)
    if mathml is None:
        return tag_text(tex)
    return f"{Attributes(display=display, alttext=tex).tag('math')}{mathml}</math>"


def _mathml(tex: str) -> str | None:
    """The inside of a <math> element, or None where the TeX is not understood as a whole."""
    if not tex or len(tex) > _LONGEST or ("<" in tex and r"\text" in tex):
        return None
    from latex2mathml.converter import convert  # a tenth of a second, and most sites have no formula

    try:
        converted = convert(tex)
    except Exception:  # each of the converter's dozen errors means "not understood"
        return None
    clean = _CLEANER.clean(converted)
    # A command that it does not know comes out as an identifier with its backslash.
    if "\\" in clean or not clean.startswith("<math "):
        return None
    return clean.partition(">")[2].removesuffix("</math>")
