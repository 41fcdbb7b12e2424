"""Secrets that mean nothing: 256 random bits for whoever holds them, their digest for the database.

A digest without salt or stretching is enough: nobody guesses 256 bits.
"""

import hashlib
import secrets

BYTES = 32


def new_secret() -> str:
    """43 characters that fit into a cookie and an address."""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> bytes:
    """SHA-256 of a secret: what the database looks it up by."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
