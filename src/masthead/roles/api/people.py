"""People, where their rooms meet this process: who sends a request, and the doors of signing in."""

from collections.abc import Iterable
from datetime import timedelta

from starlette.types import ASGIApp, Receive, Scope, Send

from masthead.kernel.settings import Settings
from masthead.model import ContentModel
from masthead.people import Passwords, People, Rules
from masthead.rest.people import PagesEndpoint, PeopleEndpoint, Site, is_of_people, is_page_of_people
from masthead.roles.api.authentication import Authentication
from masthead.roles.api.metrics import Metrics
from masthead.store import Database


def open_people(database: Database, model: ContentModel, settings: Settings) -> People:
    """Everybody of this publication, as the settings say. Close it."""
    return People(
        database,
        frozenset(each.name for each in model),
        Rules(timedelta(minutes=settings.session_idle), timedelta(hours=settings.session_hours)),
        Passwords(settings.sign_in_threads, settings.sign_in_queue),
        reader=database.editorial,
    )


def with_people(
    app: ASGIApp, people: People, settings: Settings, metrics: Metrics, static: Iterable[str] = ()
) -> ASGIApp:
    """`app` with the doors and pages of people before it, behind the layer that tells who sends a request.
    `static` are the addresses of the site's files: the pages use its fonts."""
    metrics.add_source(
        "sign_ins", "Sign-ins by what came of them.", "outcome", lambda: people.signing_in.outcomes
    )
    site = Site(settings.origins, settings.trusted_proxies)
    return Authentication(
        _Doors(app, PeopleEndpoint(people, site), PagesEndpoint(people, site, static)), people.identity, site
    )


class _Doors:
    def __init__(self, app: ASGIApp, doors: ASGIApp, pages: ASGIApp) -> None:
        self._app = app
        self._doors = doors
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        lane = self._app
        if scope["type"] == "http":
            if is_of_people(scope["path"]):
                lane = self._doors
            elif is_page_of_people(scope["path"]):
                lane = self._pages
        await lane(scope, receive, send)
