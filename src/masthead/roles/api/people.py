"""People, where their rooms meet this process: who sends a request, and the doors of signing in."""

from datetime import timedelta

from starlette.types import ASGIApp, Receive, Scope, Send

from masthead.kernel.settings import Settings
from masthead.model import ContentModel
from masthead.people import Passwords, People, Rules
from masthead.rest.people import PeopleEndpoint, Site, is_of_people
from masthead.roles.api.authentication import Authentication
from masthead.store import Database


def open_people(database: Database, model: ContentModel, settings: Settings) -> People:
    """Everybody of this publication, as the settings say. Close it."""
    return People(
        database,
        frozenset(each.name for each in model),
        Rules(timedelta(minutes=settings.session_idle), timedelta(hours=settings.session_hours)),
        Passwords(settings.sign_in_threads, settings.sign_in_queue),
    )


def with_people(app: ASGIApp, people: People, settings: Settings) -> ASGIApp:
    """`app` with the doors of people before it, behind the layer that tells who sends a request."""
    site = Site(settings.origins, settings.trusted_proxies)
    return Authentication(_Doors(app, PeopleEndpoint(people, site)), people.identity, site)


class _Doors:
    def __init__(self, app: ASGIApp, doors: PeopleEndpoint) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_ours = scope["type"] == "http" and is_of_people(scope["path"])
        await (self._doors if is_ours else self._app)(scope, receive, send)
