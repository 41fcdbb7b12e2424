"""GraphQL: the schema of a ContentModel, documents planned and executed, the HTTP endpoint."""

from masthead.graphql.endpoint import graphql_endpoint
from masthead.graphql.engine import Answer, Engine
from masthead.graphql.limits import Limits
from masthead.graphql.schema import schema_of, sdl

__all__ = ["Answer", "Engine", "Limits", "graphql_endpoint", "schema_of", "sdl"]
