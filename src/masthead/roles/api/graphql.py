"""The GraphQL endpoint, where its room meets this process."""

from starlette.routing import Route

from masthead.graphql import Engine, graphql_endpoint
from masthead.model import ContentModel
from masthead.roles.api.metrics import Metrics
from masthead.store import Reader


def graphql_route(model: ContentModel, reader: Reader, metrics: Metrics) -> Route:
    """`/graphql` over what is public, read as the anonymous role."""
    engine = Engine(model, reader)
    metrics.add_source(
        "plan_cache_requests",
        "GraphQL operations by whether their plan was kept.",
        "outcome",
        lambda: {"hit": engine.plans.hits, "miss": engine.plans.misses},
    )
    return Route("/graphql", graphql_endpoint(engine))
