"""The OpenAPI 3.1 document of a publication: a pure function of its ContentModel."""

from masthead.rest.openapi.document import openapi, openapi_json

__all__ = ["openapi", "openapi_json"]
