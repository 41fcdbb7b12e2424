"""The GraphQL endpoint, where its room meets this process."""

from starlette.routing import BaseRoute

from masthead.model import ContentModel
from masthead.roles.api.metrics import Metrics
from masthead.store import Database


def graphql_routes(database: Database, model: ContentModel, metrics: Metrics) -> list[BaseRoute]:
    """`/graphql`."""
    return []
