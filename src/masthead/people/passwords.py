"""What a password must be: long, and not among those that are tried first. Nothing about its characters.

After OWASP ASVS 5, section 6.2, and NIST SP 800-63B-4, section 3.1.1.2.
"""

import unicodedata
from collections.abc import Iterable

from masthead.kernel import InputError, Place
from masthead.people.guessable import is_guessable

SHORTEST = 12
LONGEST = 256
"""Characters, after normalisation. The bound keeps somebody from having megabytes hashed."""

_AT_PASSWORD = Place(path="password")


def normalised(password: str) -> str:
    """NFKC: the same password from every keyboard and system."""
    return unicodedata.normalize("NFKC", password)


def read_password(password: str, about: Iterable[str] = ()) -> str:
    """A new password as it is hashed. `about` are the account's name and addresses, which it may not be
    made of. Raises InputError."""
    found = normalised(password)
    if len(found) < SHORTEST:
        raise InputError(
            "password-short",
            f"The password has {len(found)} characters.",
            f"Take at least {SHORTEST}. Words that have nothing to do with each other are easy to keep.",
            _AT_PASSWORD,
        )
    if len(found) > LONGEST or len(password) > 4 * LONGEST:
        raise InputError(
            "password-long", "The password is too long.", f"Take at most {LONGEST} characters.", _AT_PASSWORD
        )
    if is_guessable(found, about):
        raise InputError(
            "password-guessable",
            "The password is one of those that are tried first: it is made of common words, runs of keys or "
            "the account's own name.",
            "Take a few words that have nothing to do with each other.",
            _AT_PASSWORD,
        )
    return found
