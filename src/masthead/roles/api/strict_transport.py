"""Strict-Transport-Security (RFC 6797): browsers that saw it once never speak plain HTTP to this host again.

Nobody can take that back before it is over, so it is sent only where the settings say that the site is HTTPS.
A year, with subdomains: so ASVS 5.0.0 (item 3.4.1) asks, and so a forged subdomain cannot set cookies here.
"""

from collections.abc import Mapping

from masthead.kernel.settings import Settings
from masthead.rest.people import Origins
from masthead.roles.api.security import Header

_NAME = b"strict-transport-security"
_HEADERS: Mapping[str, tuple[Header, ...]] = {
    "subdomains": ((_NAME, b"max-age=31536000; includeSubDomains"),),
    "host": ((_NAME, b"max-age=31536000"),),
    "off": (),
}


def strict_transport(settings: Settings) -> tuple[Header, ...]:
    """The header of every answer, or none."""
    chosen = settings.strict_transport
    if chosen == "auto":
        # A laptop has no origins, or its own: a promise for localhost would lock out all that listens there.
        chosen = "subdomains" if Origins(settings.origins).is_only_https else "off"
    return _HEADERS[chosen]
