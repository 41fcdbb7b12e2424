"""Commands over HTTP, where their rooms meet this process: one executor, and the two doors to it."""

from collections.abc import Callable, Iterable
from uuid import UUID

from starlette.types import ASGIApp, Scope

from masthead.access import Policies, Viewer
from masthead.content.commands import Actor, Commands
from masthead.content.history import History
from masthead.content.previews import Previews
from masthead.content.spelling import Differences, Readable, Told
from masthead.events import Source, trace_parent
from masthead.graphql import Desk, Documents, EditingEngine, editorial_endpoint
from masthead.kernel.settings import Settings
from masthead.model import ContentModel, Functions
from masthead.query import FieldComputer, permitted
from masthead.rest import Rest
from masthead.rest.people import Site
from masthead.rest.writing import Writing
from masthead.roles.api.api_layers import with_api_layers
from masthead.roles.api.graphql import limits_of, with_graphiql
from masthead.roles.api.metrics import Metrics
from masthead.roles.api.rest import limits_of as rest_limits_of
from masthead.store import Database

DRAFT = "/graphql/draft"

ActorOf = Callable[[Scope], Actor]


def actor_reader(settings: Settings) -> ActorOf:
    """Tells who sends a request, and from where; a session is that of somebody in a studio."""
    site = Site(settings.origins, settings.trusted_proxies)

    def actor_of(scope: Scope) -> Actor:
        arrival = site.arrival(scope)
        trace = trace_parent(arrival.headers.get(b"traceparent"))
        source: Source = "studio" if scope.get("masthead.session") is not None else "api"
        return Actor.of(scope["masthead.viewer"], source, arrival.request, arrival.address, trace)

    return actor_of


def open_commands(database: Database, model: ContentModel, policies: Policies | None) -> Commands:
    """The one door of every change of content in this process."""
    return Commands(database, model, policies or Policies(model))


def editorial_graphql(
    commands: Commands,
    database: Database,
    previews: Previews,
    metrics: Metrics,
    settings: Settings,
    functions: Functions,
    policies: Policies | None = None,
) -> ASGIApp:
    """What answers `/graphql/draft`. Trusted operations are those of the public schema: here every document
    is taken, of people who are signed in."""
    policies = policies or Policies(commands.model)
    history = History(database, commands.model, database.editorial)
    readable = _readable(database, commands.model, policies)
    differences = Differences(history, Told(commands.model, policies), readable)
    engine = EditingEngine(
        commands.model,
        database.editorial,
        commands,
        desk=Desk(differences, previews),
        limits=limits_of(settings),
        functions=functions,
        observe=metrics.operations.note,
        policies=policies,
    )
    documents = Documents(capacity=settings.graphql_persisted_mb * 2**20)
    site = Site(settings.origins, settings.trusted_proxies)

    def origin_of(scope: Scope) -> str:
        return site.arrival(scope).origin

    endpoint = editorial_endpoint(engine, actor_reader(settings), documents, origin_of)
    layered = with_api_layers(endpoint, settings)
    return with_graphiql(layered, is_private=True) if settings.graphiql else layered


def rest_writing(
    commands: Commands,
    database: Database,
    settings: Settings,
    functions: Functions,
    policies: Policies | None = None,
) -> Writing:
    """What answers the commands of `/api`, and the reads of drafts and of their history."""
    model, policies = commands.model, policies or Policies(commands.model)
    drafts = Rest(
        model,
        database.editorial,
        "draft",
        rest_limits_of(settings),
        computer=FieldComputer(model, functions, settings.statement_timeout),
        policies=policies,
        has_record=True,
    )
    return Writing(
        model,
        drafts,
        database.editorial,
        commands,
        History(database, model, database.editorial),
        told=Told(model, policies),
        readable=_readable(database, model, policies),
        actor_of=actor_reader(settings),
    )


def _readable(database: Database, model: ContentModel, policies: Policies) -> Readable:
    async def readable(viewer: Viewer, type_name: str, entries: Iterable[UUID]) -> frozenset[UUID]:
        async with database.transaction() as transaction:
            return await permitted(transaction, model, policies, viewer, "read", type_name, entries)

    return readable
