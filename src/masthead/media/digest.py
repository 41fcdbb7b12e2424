"""The digest of a file, read in pieces."""

import hashlib
from pathlib import Path


def digest_of_file(path: Path) -> str:
    """SHA-256 of the bytes, hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
