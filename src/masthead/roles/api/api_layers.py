"""What stands around each API, GraphQL and REST alike: other origins, encodings."""

from starlette.types import ASGIApp

from masthead.kernel.settings import Settings
from masthead.roles.api.caching import Keeping, KeptApi
from masthead.roles.api.compression import Compressed
from masthead.roles.api.cors import Cors


def with_api_layers(
    app: ASGIApp, settings: Settings, methods: str = "GET, POST", keeping: Keeping | None = None
) -> ASGIApp:
    """`app` with replies encoded, kept where that is wished, and open to the pages of MASTHEAD_CORS_ORIGINS
    where there are any."""
    compressed = Compressed(app) if keeping is None else KeptApi(app, keeping)
    return Cors(compressed, settings.cors_origins, methods) if settings.cors_origins.strip() else compressed
