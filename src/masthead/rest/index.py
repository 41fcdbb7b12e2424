"""`GET /api`: what there is, and where."""

import orjson

from masthead.rest.address import ROOT
from masthead.rest.resource import Resources


def index(resources: Resources) -> bytes:
    """The collections and singletons of a publication with their addresses."""
    return orjson.dumps(
        {
            "collections": [
                {"name": each.name, "href": f"{ROOT}/{each.name}", "description": each.type.description}
                for each in resources
                if not each.type.is_singleton
            ],
            "singletons": [
                {"name": each.name, "href": f"{ROOT}/{each.name}", "description": each.type.description}
                for each in resources
                if each.type.is_singleton
            ],
            "openapi": f"{ROOT}/openapi.json",
            "docs": f"{ROOT}/docs",
        }
    )
