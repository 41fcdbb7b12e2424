"""The GraphQL endpoint, where its room meets this process."""

from dataclasses import fields

from starlette.routing import Route
from starlette.types import ASGIApp

from masthead.graphql import Engine, Limits, graphql_endpoint
from masthead.kernel.settings import Settings
from masthead.model import ContentModel
from masthead.roles.api.explorer_page import BrowserDoor, ExplorerPage
from masthead.roles.api.metrics import Metrics
from masthead.roles.places import find_explorer
from masthead.store import Reader


def graphql_route(model: ContentModel, reader: Reader, metrics: Metrics, settings: Settings) -> Route:
    """`/graphql` over what is public, read as the anonymous role; GraphiQL where the settings say so."""
    engine = Engine(model, reader, limits=limits_of(settings))
    metrics.add_source(
        "plan_cache_requests",
        "GraphQL operations by whether their plan was kept.",
        "outcome",
        lambda: {"hit": engine.plans.hits, "miss": engine.plans.misses},
    )
    endpoint = graphql_endpoint(engine)
    return Route("/graphql", _with_graphiql(endpoint) if settings.graphiql else endpoint)


def _with_graphiql(endpoint: ASGIApp) -> ASGIApp:
    explorer = find_explorer()
    return BrowserDoor(ExplorerPage(explorer.page("graphiql") if explorer else None), endpoint)


def limits_of(settings: Settings) -> Limits:
    """The limits that the environment sets: each is MASTHEAD_GRAPHQL_ and its name in capitals, but for
    three that have a setting of their own."""
    own = {"request_bytes", "execution_seconds", "has_introspection"}
    given = {
        each.name: getattr(settings, f"graphql_{each.name}")
        for each in fields(Limits)
        if each.name not in own
    }
    return Limits(
        request_bytes=settings.request_kb * 1024,
        execution_seconds=settings.statement_timeout,
        has_introspection=settings.graphql_introspection,
        **given,
    )
