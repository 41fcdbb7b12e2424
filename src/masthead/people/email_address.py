"""E-mail addresses as names of accounts."""

import unicodedata

from masthead.kernel import InputError, Place

LONGEST = 254
"""Characters (RFC 5321, section 4.5.3.1.3, without the angle brackets)."""


def address_key(email: str) -> str:
    """What an address is compared by: case, width and spaces around it make no difference.

    Raises InputError for what is no address.
    """
    key = unicodedata.normalize("NFKC", email).strip().casefold()
    local, _, domain = key.rpartition("@")
    is_plain = not any(each.isspace() or not each.isprintable() or each in '<>",;' for each in key)
    if not local or not domain or "@" in local or not is_plain or len(key) > LONGEST:
        raise InputError(
            "email-invalid",
            f"{email[:100]!r} is no e-mail address.",
            "It looks like ada@example.org.",
            Place(path="email"),
        )
    return key


def lenient_key(email: str) -> str:
    """The key of whatever somebody types when signing in: what is no address is nobody's."""
    try:
        return address_key(email)
    except InputError:
        return ""
