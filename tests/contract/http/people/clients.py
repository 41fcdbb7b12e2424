"""Clients of the application: programs, and browsers with their habits."""

import httpx
from tests.store.people.people_rows import PASSWORD

from masthead.roles.api.application import Application

SITE = "https://masthead.test"


def program(application: Application, **headers: str) -> httpx.AsyncClient:
    """A client without a browser's habits."""
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=SITE, headers=headers)


def browser(application: Application) -> httpx.AsyncClient:
    """A client that says its origin, as browsers do, and keeps cookies."""
    return program(application, origin=SITE)


async def sign_in(client: httpx.AsyncClient, email: str = "ada@example.org") -> httpx.Response:
    """Sign in with the password of everybody."""
    return await client.post("/api/session", json={"email": email, "password": PASSWORD})
