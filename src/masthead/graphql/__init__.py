"""GraphQL: the schema of a ContentModel, documents planned and executed, the HTTP endpoint."""

from masthead.graphql.answer import Answer
from masthead.graphql.documents import Documents
from masthead.graphql.editing import EditingEngine
from masthead.graphql.editorial.asking import Desk
from masthead.graphql.editorial_endpoint import editorial_endpoint
from masthead.graphql.endpoint import DEPENDS, PLAN, graphql_endpoint
from masthead.graphql.engine import Engine
from masthead.graphql.errors import error_body
from masthead.graphql.limits import Limits
from masthead.graphql.plan_operation import plan_operation
from masthead.graphql.schema import editorial_schema, schema_of, sdl
from masthead.graphql.trusted import load_trusted

__all__ = [
    "DEPENDS",
    "PLAN",
    "Answer",
    "Desk",
    "Documents",
    "EditingEngine",
    "Engine",
    "Limits",
    "editorial_endpoint",
    "editorial_schema",
    "error_body",
    "graphql_endpoint",
    "load_trusted",
    "plan_operation",
    "schema_of",
    "sdl",
]
