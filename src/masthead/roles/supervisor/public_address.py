"""Where browsers find a publication: what links begin with that are made outside of a request."""

from pathlib import Path

from masthead.kernel.settings import Settings
from masthead.roles.supervisor.claim import address_of_up


def public_address(settings: Settings, data: Path) -> str:
    """The first of MASTHEAD_ORIGINS; else where a `masthead up` that uses `data` answers; else HOST, PORT."""
    stated = settings.origins.split(",")[0].strip().rstrip("/")
    return stated or address_of_up(data) or f"http://{settings.host}:{settings.port}"
