"""The GraphQL endpoint, where its room meets this process."""

from dataclasses import fields

from starlette.types import ASGIApp

from masthead.access import Policies
from masthead.graphql import Documents, Engine, Limits, graphql_endpoint, load_trusted
from masthead.kernel import InputError
from masthead.kernel.settings import Settings
from masthead.model import ContentModel, Functions
from masthead.roles.api.api_layers import with_api_layers
from masthead.roles.api.caching import Keeping
from masthead.roles.api.cors import Cors
from masthead.roles.api.explorer_page import BrowserDoor, ExplorerPage
from masthead.roles.api.live import StreamDoor
from masthead.roles.api.metrics import Metrics
from masthead.roles.api.previews import PreviewedGraphql
from masthead.roles.places import find_explorer
from masthead.store import Reader


def public_engine(
    model: ContentModel,
    reader: Reader,
    metrics: Metrics,
    settings: Settings,
    functions: Functions,
    policies: Policies | None = None,
    editorial: Reader | None = None,
) -> Engine:
    """What executes operations over what is public: read as the anonymous role, and by `editorial` for who is
    signed in."""
    engine = Engine(
        model,
        reader,
        limits=limits_of(settings),
        functions=functions,
        observe=metrics.operations.note,
        policies=policies or Policies(model),
        editorial=editorial,
    )
    metrics.add_source(
        "plan_cache_requests",
        "GraphQL operations by whether their plan was kept.",
        "outcome",
        lambda: {"hit": engine.plans.hits, "miss": engine.plans.misses},
    )
    return engine


def graphql_application(
    engine: Engine,
    documents: Documents,
    settings: Settings,
    keeping: Keeping | None = None,
    events: ASGIApp | None = None,
) -> ASGIApp:
    """What answers `/graphql`: event streams by `events`; GraphiQL where the settings say so."""
    endpoint = graphql_endpoint(engine, documents, settings.graphql_cache_control, engine.execute_traced)
    layered = with_api_layers(PreviewedGraphql(endpoint, engine, documents), settings, keeping=keeping)
    streaming = layered if events is None else StreamDoor(layered, stream_application(events, settings))
    return with_graphiql(streaming) if settings.graphiql else streaming


def stream_application(events: ASGIApp, settings: Settings) -> ASGIApp:
    """What answers `/graphql/stream`: event streams, to the same origins."""
    return Cors(events, settings.cors_origins) if settings.cors_origins.strip() else events


def with_graphiql(endpoint: ASGIApp, *, is_private: bool = False) -> ASGIApp:
    """The endpoint, where a browser gets GraphiQL; with `is_private`, only one in which somebody is known."""
    explorer = find_explorer()
    file = explorer.page("graphiql") if explorer else None
    page = ExplorerPage(file, b"private, no-cache") if is_private else ExplorerPage(file)
    return BrowserDoor(page, endpoint, is_private=is_private)


def documents_of(settings: Settings, engine: Engine) -> Documents:
    """What requests may only name. Raises InputError for a trusted operation that cannot be executed, and
    where only trusted ones are taken and there are none."""
    path, is_strict = settings.graphql_operations, settings.graphql_trusted == "only"
    if path is None and is_strict:
        raise InputError(
            "setting-missing",
            "MASTHEAD_GRAPHQL_TRUSTED is only, and there are no trusted operations.",
            "Name them with MASTHEAD_GRAPHQL_OPERATIONS.",
        )
    trusted = load_trusted(path, engine) if path is not None else None
    return Documents(trusted, is_strict=is_strict, capacity=settings.graphql_persisted_mb * 2**20)


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
