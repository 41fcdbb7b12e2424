"""HTML that cannot carry script: an allow-list of elements, attributes and URL schemes (nh3).

What makes mutation impossible: no element whose content is read as raw text (style, script,
textarea, title, xmp, iframe, noscript, plaintext ...), no comments, no foreign content but plain
MathML without its HTML containers (annotation-xml, mglyph, malignmark). So a browser that reads the
output builds what the sanitiser saw. `<` and `>` are escaped in attributes too, so after this step
`<` always opens a tag: the steps that follow rely on it.
"""

import re

import nh3

from masthead.markdown.allowed import ELEMENTS
from masthead.markdown.tags import tag_text
from masthead.markdown.urls import drop_unsafe_data

# Ids of raw HTML and of footnotes cannot name what the page's own scripts read (DOM clobbering).
ID_PREFIX = "user-content-"

_ALERTS = {f"markdown-alert-{kind}" for kind in ("note", "tip", "important", "warning", "caution")}

_CLEANER = nh3.Cleaner(
    tags={*ELEMENTS, "input"} - {"*"},
    clean_content_tags={"script", "style", "template", "annotation", "annotation-xml"},
    attributes=ELEMENTS,
    # An author's own classes could borrow the page's: only those that the renderer sets.
    allowed_classes={
        "a": {"footnote-backref"},
        "div": {"markdown-alert", *_ALERTS},
        "p": {"markdown-alert-title"},
        "section": {"footnotes"},
        "sup": {"footnote-ref"},
    },
    # A check box shows a state; it is never a control of the page.
    tag_attribute_values={"input": {"checked": {"", "checked"}, "disabled": {"", "disabled"}}},
    # One attribute only: nh3 writes several in an order that changes from process to process.
    set_tag_attribute_values={"input": {"type": "checkbox"}},
    url_schemes={"http", "https", "mailto", "tel", "entry", "asset", "data"},
    link_rel=None,
    id_prefix=ID_PREFIX,
)
# What an author shows to readers without scripts is what everyone gets: nothing here has scripts.
_NO_SCRIPT = re.compile(r"</?noscript\b[^<>]*>", re.IGNORECASE)


# A document inside the document may do what it likes: readers are offered the way there instead.
_FRAME = re.compile(r"<iframe\b([^<>]*)>(?:.*?</iframe\s*>)?", re.IGNORECASE | re.DOTALL)
_FRAME_ATTRIBUTE = re.compile(r"""\b(src|title)\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+)""", re.IGNORECASE)


# Dropping an element can leave others where a parser would not put them (<p><a><p>): reading the result
# again settles them. Each pass closes or moves at least one; five have never been needed.
_PASSES = 20
# A parser drops a line end right behind <pre>, once a reading: without any, readings agree.
_PRE_START = re.compile(r"(<pre(?: [^<>]*)?>)\n+")
_TAG = re.compile(r"</?[a-z][a-z0-9-]*")


def sanitise(html: str, *, has_raw_html: bool = True) -> str:
    """The same HTML without anything that could run, load or imitate. Idempotent.

    HTML that is Markdown's alone (not `has_raw_html`) is well formed, and one pass is enough.
    """
    if not has_raw_html:
        return drop_unsafe_data(_CLEANER.clean(html))
    html = _without_frames(html)
    for _ in range(_PASSES):
        clean = _PRE_START.sub(r"\1", _CLEANER.clean(html))
        # The same tags in the same order build the same tree again.
        if clean == html or _TAG.findall(clean) == _TAG.findall(html):
            return drop_unsafe_data(clean)
        html = clean
    return tag_text(html)


def _without_frames(html: str) -> str:
    lower = html.lower()
    if "<noscript" in lower:
        html = _NO_SCRIPT.sub("", html)
    if "<iframe" in lower:
        html = _FRAME.sub(_frame_link, html)
    return html


def _frame_link(frame: re.Match[str]) -> str:
    """A link to a frame's document. What it is made of passes the sanitiser like everything else."""
    found = {key.lower(): value.strip("\"'") for key, value in _FRAME_ATTRIBUTE.findall(frame[1])}
    url = found.get("src", "")
    return f'<a href="{url}">{found.get("title") or url}</a>' if url else ""
