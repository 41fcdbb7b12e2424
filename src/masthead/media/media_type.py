"""Media types by file name: Python's own table and what the web has added, never the machine's files."""

import mimetypes
from pathlib import PurePosixPath

DEFAULT_MEDIA_TYPE = "application/octet-stream"
_TABLE = mimetypes.MimeTypes(filenames=())
# IANA registrations that the table of Python 3.11 does not have.
_NEWER = {
    ".avif": "image/avif",
    ".md": "text/markdown",
    ".toml": "application/toml",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
_IMAGES = {
    ".png",
    ".apng",
    ".jpg",
    ".jpeg",
    ".jfif",
    ".gif",
    ".webp",
    ".avif",
    ".bmp",
    ".ico",
    ".tif",
    ".tiff",
}


def media_type_of(filename: str) -> str:
    """What the name claims; `application/octet-stream` where it claims nothing known."""
    suffix = PurePosixPath(filename).suffix.lower()
    if suffix in _NEWER:
        return _NEWER[suffix]
    return _TABLE.guess_type(f"x{suffix}", strict=False)[0] or DEFAULT_MEDIA_TYPE


def claims_raster(filename: str) -> bool:
    """Whether the name is that of an image that can be looked into."""
    return PurePosixPath(filename).suffix.lower() in _IMAGES


def claims_svg(filename: str) -> bool:
    """Whether the name is that of a drawing."""
    return PurePosixPath(filename).suffix.lower() == ".svg"
