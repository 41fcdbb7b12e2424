"""How an API token is written: `mh_`, 43 characters of secret, 6 of checksum, all base62.

The prefix and the checksum let scanners find a token that leaked into a repository, and let us refuse what
cannot be one without asking the database.
"""

import secrets
import string
import zlib

PREFIX = "mh_"
PATTERN = r"mh_[0-9A-Za-z]{49}"
"""For scanners; the last six characters are the CRC-32 of the 43 before them."""

_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_SECRET, _CHECKSUM = 43, 6


def new_token() -> str:
    """A new one, of 256 random bits."""
    secret = _base62(secrets.randbits(256), _SECRET)
    return f"{PREFIX}{secret}{_checksum(secret)}"


def is_token(text: str) -> bool:
    """Whether `text` is written as a token, its checksum included."""
    secret, checksum = text[len(PREFIX) : -_CHECKSUM], text[-_CHECKSUM:]
    return (
        text.startswith(PREFIX)
        and len(secret) == _SECRET
        and all(each in _DIGITS for each in secret)
        and checksum == _checksum(secret)
    )


def _checksum(secret: str) -> str:
    return _base62(zlib.crc32(secret.encode()), _CHECKSUM)


def _base62(number: int, length: int) -> str:
    found = []
    for _ in range(length):
        number, digit = divmod(number, 62)
        found.append(_DIGITS[digit])
    return "".join(reversed(found))
