"""The site's operations are typed from the schema that the API has, not from an older one."""

from pathlib import Path

from masthead.graphql import sdl
from masthead.model import default_model

COPY = Path(__file__).parents[2] / "web" / "packages" / "client" / "schema.graphql"


def test_the_typed_client_has_the_apis_schema() -> None:
    """When it differs: `masthead schema > web/packages/client/schema.graphql`, then `npm run generate`."""
    assert COPY.read_text("utf-8") == sdl(default_model())
