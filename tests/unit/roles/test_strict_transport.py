"""Who is told to come over HTTPS alone: nobody whose site may be plain HTTP."""

import pytest

from masthead.kernel.settings import read_settings
from masthead.roles.api.strict_transport import strict_transport

WIDE, NARROW = b"max-age=31536000; includeSubDomains", b"max-age=31536000"


@pytest.mark.parametrize(
    ("origins", "chosen", "told"),
    [
        ("https://example.org", "auto", [WIDE]),
        ("https://example.org, https://www.example.org:8443", "auto", [WIDE]),
        ("", "auto", []),
        ("http://example.org", "auto", []),
        ("https://example.org,http://example.org", "auto", []),
        ("https://localhost:8443", "auto", []),
        ("https://example.org,https://127.0.0.1", "auto", []),
        ("https://example.org", "host", [NARROW]),
        ("https://example.org", "off", []),
        ("", "subdomains", [WIDE]),
        ("", "host", [NARROW]),
    ],
)
def test_browsers_are_told_where_the_site_is_https(origins: str, chosen: str, told: list[bytes]) -> None:
    """By the origins, where the setting does not say it itself; never for a laptop's own."""
    settings = read_settings(origins=origins, strict_transport=chosen)
    assert [value for _, value in strict_transport(settings)] == told
