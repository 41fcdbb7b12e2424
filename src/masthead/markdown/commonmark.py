"""Markdown to HTML, before it is safe: comrak (CommonMark and GitHub's extensions, in Rust).

Raw HTML passes through here on purpose; `sanitise` is what makes it safe. Nothing else may use
this module's output.
"""

import re

import comrak

# `$5 a month ($4.20 with a discount)` is no formula: as in Pandoc, no digit may follow the closing dollar.
_PRICES = re.compile(r'<span data-math-style="inline">([^<]*)</span>(?=\d)')


def to_html(source: str) -> str:
    """The HTML of `source`, with raw HTML as it was written. Not safe to show."""
    html = comrak.render_markdown(_ended(source), _EXTENSIONS, _PARSING, _RENDERING)
    return _PRICES.sub(r"$\1$", html) if "data-math-style" in html else html


def to_positioned_html(source: str) -> str:
    """The same HTML; elements that Markdown made say in `data-sourcepos` where they stand.

    A position is `line:column-line:column`, counted from 1 in characters, both ends included.
    """
    return comrak.render_markdown(_ended(source), _EXTENSIONS, _PARSING, _POSITIONED)


def _ended(source: str) -> str:
    """comrak 0.0.16 reads `[a]: <b>` as a definition only when its line ends."""
    return source if source.endswith("\n") else f"{source}\n"


def _extensions() -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    options.alerts = True
    options.autolink = True
    options.footnotes = True
    options.math_code = True
    options.math_dollars = True
    options.strikethrough = True
    options.table = True
    options.tasklist = True
    return options


def _parsing() -> comrak.ParseOptions:
    options = comrak.ParseOptions()
    options.sourcepos_chars = True
    return options


def _rendering(*, sourcepos: bool = False) -> comrak.RenderOptions:
    options = comrak.RenderOptions()
    options.unsafe_ = True
    options.full_info_string = True
    options.sourcepos = sourcepos
    return options


_EXTENSIONS = _extensions()
_PARSING = _parsing()
_RENDERING = _rendering()
_POSITIONED = _rendering(sourcepos=True)
