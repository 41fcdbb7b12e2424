"""REST: query strings planned and executed, the HTTP endpoint, the OpenAPI document."""

from masthead.rest.endpoint import rest_endpoint
from masthead.rest.limits import Limits
from masthead.rest.openapi import openapi, openapi_json
from masthead.rest.service import Answer, Rest

__all__ = ["Answer", "Limits", "Rest", "openapi", "openapi_json", "rest_endpoint"]
