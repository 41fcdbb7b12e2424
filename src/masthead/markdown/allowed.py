"""The elements that may be in published HTML, each with its attributes. Nothing else passes.

Not here, so never in the output: what runs or loads as a document (script, iframe, object, embed,
link, base, meta, form controls), what is read as raw text (style, textarea, title, xmp, noscript),
`style` and `on*` attributes, SVG, and the HTML containers of MathML.
"""

_EVERYWHERE = "dir id lang title"

_TEXT = """
a            aria-label data-footnote-backref data-footnote-ref href name
abbr b bdi bdo br cite dfn em i kbd mark q rp rt ruby s samp small strong sub sup u var wbr
code         class data-math-style data-meta
data         value
del          datetime
ins          datetime
span         data-math-style
time         datetime
"""

_BLOCKS = """
article aside blockquote center dd dl dt figcaption figure footer header hgroup hr main nav pre summary
h1 h2 h3 h4 h5 h6
details      open
div          align
li           value
meter        high low max min optimum value
ol           reversed start type
p            align
progress     max value
section      data-footnotes
ul
"""

_TABLES = """
caption table tbody tfoot thead tr
col          span
colgroup     span
td           align colspan headers rowspan
th           align colspan headers rowspan scope
"""

_MEDIA = """
audio        controls loop muted preload src
img          align alt height loading src width
picture
source       media src type
track        default kind label src srclang
video        controls height loop muted preload src width
"""

# Presentation only: href, style, class and actiontype are not among the attributes.
_MATH = """
math         alttext display
mfrac        linethickness
mi           mathvariant
mo           fence form lspace maxsize minsize movablelimits rspace separator stretchy
mover        accent
mpadded      depth height lspace voffset width
mspace       depth height width
mstyle       displaystyle scriptlevel
mtable       columnalign columnlines columnspacing displaystyle frame rowlines rowspacing
mtd          columnalign columnspan rowspan
munder       accentunder
merror mmultiscripts mn mphantom mprescripts mroot mrow ms msqrt msub msubsup msup mtext mtr munderover none
semantics
"""


def _read(table: str) -> dict[str, set[str]]:
    """A line is an element and its attributes, two spaces apart, or several elements without any."""
    elements: dict[str, set[str]] = {}
    for line in filter(None, table.splitlines()):
        names, _, attributes = line.partition("  ")
        for name in names.split():
            elements[name] = set(attributes.split())
    return elements


MATH = _read(_MATH)
ELEMENTS = {"*": set(_EVERYWHERE.split()), **_read(_TEXT + _BLOCKS + _TABLES + _MEDIA), **MATH}
