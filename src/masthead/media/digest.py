"""Digests: SHA-256, hex."""

import hashlib
from pathlib import Path


def digest_of_file(path: Path) -> str:
    """SHA-256 of the bytes, hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of_bytes(content: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(content).hexdigest()
