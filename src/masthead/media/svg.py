"""The size of an SVG drawing, from its root element. Expat loads no external entity unless told how,
and stops internal ones that multiply (its own protection since 2.4)."""

import re
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from masthead.kernel import InputError

_LENGTH = re.compile(r"\s*([0-9.]+(?:e[+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|q|)\s*", re.IGNORECASE)
# CSS Values and Units 4, section 6.2: 96 pixels to the inch.
_PIXELS = {
    "": 1,
    "px": 1,
    "pt": 96 / 72,
    "pc": 16,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96,
    "q": 96 / 101.6,
}
_LARGEST = 2**31 - 1


def svg_size(path: Path, filename: str) -> tuple[int | None, int | None]:
    """Width and height in pixels: as stated, else the view box's; None where neither says.

    Raises InputError for what is not an SVG document.
    """
    roots: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if not roots:
            roots.append((name, attributes))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    try:
        with path.open("rb") as stream:
            parser.ParseFile(stream)
    except (expat.ExpatError, ValueError, LookupError) as error:
        _refuse(filename, str(error), error)
    name, attributes = roots[0]
    if name.rpartition(" ")[2] != "svg":
        _refuse(filename, f"its root element is {name.rpartition(' ')[2]}")
    return _size(attributes)


def _size(attributes: dict[str, str]) -> tuple[int | None, int | None]:
    width, height = _pixels(attributes.get("width", "")), _pixels(attributes.get("height", ""))
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    if len(box) != 4:
        return width, height
    box_width, box_height = _pixels(box[2]), _pixels(box[3])
    if width is None and height is None:
        return box_width, box_height
    if box_width and box_height:
        if width is None and height is not None:
            width = max(1, round(height * box_width / box_height))
        elif height is None and width is not None:
            height = max(1, round(width * box_height / box_width))
    return width, height


def _pixels(length: str) -> int | None:
    match = _LENGTH.fullmatch(length)
    if match is None:
        return None
    try:
        pixels = float(match[1]) * _PIXELS[match[2].lower()]
    except ValueError:
        return None
    return max(1, round(pixels)) if 0 < pixels <= _LARGEST else None


def _refuse(filename: str, reason: str, cause: Exception | None = None) -> NoReturn:
    raise InputError(
        "asset-not-an-image",
        f"{filename} is named as an SVG drawing and is none: {reason}.",
        "Replace it by the drawing, or rename it to what it is.",
    ) from cause
