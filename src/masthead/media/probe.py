"""What a file is, found by looking inside: its media type, and an image's size in pixels.

Nothing is decoded: an image that would unpack to gigabytes is refused by its header.
"""

import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from masthead.kernel import InputError
from masthead.media.media_type import claims_raster, claims_svg, media_type_of
from masthead.media.svg import svg_size

MAX_PIXELS = 178_956_970
"""Pillow's own bound for an error: twice what a GiB of memory holds at 24 bits a pixel."""
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "ICO", "TIFF")
_ORIENTATION = 0x0112
_TURNED = range(5, 9)  # EXIF 2.32, orientation: the camera was held sideways


@dataclass(frozen=True, slots=True)
class Probe:
    """A file's media type; its width and height in pixels if it is an image that states them."""

    media_type: str
    width: int | None = None
    height: int | None = None


def probe(path: Path, filename: str) -> Probe:
    """Look into `path`, which is called `filename`.

    Raises InputError for a file whose name claims an image and whose bytes are none.
    """
    if claims_svg(filename):
        return Probe("image/svg+xml", *svg_size(path, filename))
    if claims_raster(filename):
        return _raster(path, filename)
    return Probe(media_type_of(filename))


def _raster(path: Path, filename: str) -> Probe:
    try:
        with warnings.catch_warnings():
            # It would warn of large images; they are refused or not, but nobody is warned.
            warnings.simplefilter("ignore")
            with Image.open(path, formats=_FORMATS) as image:
                width, height = image.size
                media_type = Image.MIME.get(image.format or "", media_type_of(filename))
                has_exif = "exif" in image.info
                image.verify()
            if has_exif and _is_turned(path):
                width, height = height, width
    except Image.DecompressionBombError as error:
        raise InputError(
            "asset-too-large",
            f"{filename} has more than {MAX_PIXELS:,} pixels.",
            "Scale it down.",
        ) from error
    except Exception as error:  # Pillow raises whatever its decoders meet in damaged bytes
        raise InputError(
            "asset-not-an-image",
            f"{filename} is named as an image and is none: {_reason(error)}.",
            "Replace it by the image, or rename it to what it is.",
        ) from error
    return Probe("image/jpeg" if media_type == "image/mpo" else media_type, width, height)


def _reason(error: Exception) -> str:
    """Pillow's words name the file's place on this disk when it knows no more than that it is no image."""
    return "nothing in it begins one" if isinstance(error, UnidentifiedImageError) else str(error)


def _is_turned(path: Path) -> bool:
    """Whether EXIF says so. A second look: Pillow verifies only what nobody has read from yet."""
    with Image.open(path, formats=_FORMATS) as image:
        return image.getexif().get(_ORIENTATION) in _TURNED
