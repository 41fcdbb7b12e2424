"""HTML that cannot carry script: an allow-list of elements, attributes and URL schemes (nh3).

What makes mutation impossible: no element whose content is read as raw text (style, script,
textarea, title, xmp, iframe, noscript, plaintext ...), no comments, no foreign content but plain
MathML without its HTML containers (annotation-xml, mglyph, malignmark). So a browser that reads the
output builds what the sanitiser saw. `<` and `>` are escaped in attributes too, so after this step
`<` always opens a tag: the steps that follow rely on it.
"""

import re

import nh3

from masthead.markdown.urls import drop_unsafe_data

# Ids of raw HTML and of footnotes cannot name what the page's own scripts read (DOM clobbering).
ID_PREFIX = "user-content-"

_TEXT = (
    "a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong"
    " sub sup time u var wbr"
)
_BLOCKS = (
    "article aside blockquote center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header"
    " hgroup hr li main meter nav ol p pre progress section summary ul"
)
_TABLES = "caption col colgroup table tbody td tfoot th thead tr"
_MEDIA = "audio img picture source track video"
_MATH = (
    "math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt"
    " mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics"
)
_ALERTS = {"markdown-alert"} | {
    f"markdown-alert-{kind}" for kind in ("note", "tip", "important", "warning", "caution")
}

_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "name", "aria-label", "data-footnote-ref", "data-footnote-backref"},
    "audio": {"src", "controls", "loop", "muted", "preload"},
    "code": {"class", "data-meta", "data-math-style"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"datetime"},
    "details": {"open"},
    "div": {"align"},
    "img": {"src", "alt", "width", "height", "align", "loading"},
    "ins": {"datetime"},
    "li": {"value"},
    "math": {"display"},
    "meter": {"value", "min", "max", "low", "high", "optimum"},
    "mi": {"mathvariant"},
    "mo": {
        "stretchy",
        "fence",
        "separator",
        "lspace",
        "rspace",
        "minsize",
        "maxsize",
        "movablelimits",
        "form",
    },
    "mfrac": {"linethickness"},
    "mover": {"accent"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
    "mspace": {"width", "height", "depth"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mtable": {"columnalign", "rowspacing", "columnspacing", "columnlines", "rowlines", "frame"},
    "mtd": {"columnalign", "columnspan", "rowspan"},
    "munder": {"accentunder"},
    "ol": {"start", "reversed", "type"},
    "p": {"align"},
    "progress": {"value", "max"},
    "section": {"data-footnotes"},
    "source": {"src", "type", "media"},
    "span": {"data-math-style"},
    "td": {"align", "colspan", "rowspan", "headers"},
    "th": {"align", "colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "video": {"src", "controls", "loop", "muted", "preload", "width", "height"},
}

_CLEANER = nh3.Cleaner(
    tags={*_TEXT.split(), *_BLOCKS.split(), *_TABLES.split(), *_MEDIA.split(), *_MATH.split(), "input"},
    clean_content_tags={"script", "style", "template", "annotation", "annotation-xml"},
    attributes=_ATTRIBUTES,
    allowed_classes={
        "a": {"footnote-backref"},
        "div": _ALERTS,
        "p": {"markdown-alert-title"},
        "section": {"footnotes"},
        "sup": {"footnote-ref"},
    },
    # A check box shows a state; it is never a control of the page.
    tag_attribute_values={"input": {"checked": {"", "checked"}}},
    set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
    url_schemes={"http", "https", "mailto", "tel", "entry", "asset", "data"},
    link_rel=None,
    id_prefix=ID_PREFIX,
)


# What an author shows to readers without scripts is what everyone gets: nothing here has scripts.
_NO_SCRIPT = re.compile(r"</?noscript\b[^<>]*>", re.IGNORECASE)


def sanitise(html: str) -> str:
    """The same HTML without anything that could run, load or imitate. Idempotent."""
    return drop_unsafe_data(_CLEANER.clean(_NO_SCRIPT.sub("", html)))
