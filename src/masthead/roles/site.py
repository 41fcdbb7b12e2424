"""The site role: Node with the built site. It listens on loopback and asks the API for everything."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from masthead.roles.places import node_binary, require_site

_PASSED_ON = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "NODE_EXTRA_CA_CERTS", "NODE_V8_COVERAGE")
"""What Node gets of our environment. No secret is among it: the site needs none."""


@dataclass(frozen=True, slots=True)
class SiteCommand:
    """What to run, and with which environment."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]


def site_command(
    *, site_directory: Path | None, api_url: str, port: int, memory_mb: int, is_live: bool
) -> SiteCommand:
    """How Node is started. Raises NotFoundError when Node or the built site is missing."""
    site = require_site(site_directory)
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {
        "NODE_ENV": "production",
        "HOSTNAME": "127.0.0.1",
        "PORT": str(port),
        "MASTHEAD_API_URL": api_url,
        "NEXT_TELEMETRY_DISABLED": "1",
        "TZ": "UTC",
    }
    if is_live:
        environment["MASTHEAD_LIVE_RELOAD"] = "1"
        environment["MASTHEAD_LOCAL_URL"] = api_url
    arguments = (str(node_binary()), f"--max-old-space-size={memory_mb}", str(site.server))
    return SiteCommand(arguments, environment)
