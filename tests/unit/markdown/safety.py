"""What "cannot carry script" means, read by a parser that the renderer does not use (lexbor).

Deliberately not derived from the renderer's allow-list: it names what is dangerous, so that an entry
too many in the list is found.
"""

import re

from selectolax.lexbor import LexborHTMLParser

_ELEMENTS = """
script style iframe frame frameset object embed applet link base meta form button textarea select option
svg foreignobject annotation-xml mglyph malignmark noscript noembed noframes plaintext xmp title
template slot portal dialog marquee animate set use image param isindex keygen listing body html head
"""
FORBIDDEN_ELEMENTS = frozenset(_ELEMENTS.split())
# lexbor, like browsers, makes these around every document.
_FRAME = {"html", "head", "body"}
_URLS = """
href src poster action formaction background cite data longdesc srcset xlink:href manifest ping
"""
_URL_ATTRIBUTES = frozenset(_URLS.split())
_SAFE = re.compile(r"(?:https?|mailto|tel|entry|asset):|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_RASTER = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,", re.IGNORECASE)
_STRIPPED = re.compile(r"[\x00-\x20]")


def dangers(html: str) -> list[str]:
    """Everything in a fragment that could run, load or clobber; an empty list when it is safe."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}</body>").body
    assert body is not None
    found: list[str] = []
    for node in body.traverse(include_text=False):
        name = (node.tag or "").lower()
        if node is not body and name in FORBIDDEN_ELEMENTS and not (name in _FRAME and node.tag == "body"):
            found.append(f"<{name}>")
        if node.tag == "-comment":
            found.append("comment")
        found.extend(_dangerous_attributes(name, node.attributes))
    return found


def _dangerous_attributes(name: str, attributes: dict[str, str | None]) -> list[str]:
    found: list[str] = []
    for key, value in attributes.items():
        bare = _STRIPPED.sub("", value or "")
        if key.startswith("on") or key in {
            "style",
            "srcdoc",
            "srcset",
            "is",
            "slot",
            "http-equiv",
            "name",
            "form",
        }:
            found.append(f"{name}[{key}]")
        elif key in _URL_ATTRIBUTES and not (_SAFE.match(bare) or (name == "img" and _RASTER.match(bare))):
            found.append(f"{name}[{key}={value!r}]")
        elif key == "type" and name == "input" and value != "checkbox":
            found.append(f"input[type={value!r}]")
    if name == "input" and "disabled" not in attributes:
        found.append("input that can be used")
    return found
