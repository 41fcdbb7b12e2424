"""The address of a one-time link."""

LINK = "/-/link"
"""The page on which a one-time link is used."""


def link_address(origin: str, secret: str) -> str:
    """The whole address. Log lines of requests have no query strings, so the secret stands there."""
    return f"{origin}{LINK}?token={secret}"
