"""Sense and nonsense at the doors that write, as schemathesis makes it from the OpenAPI document, sent by an
owner: never a 5xx, and what is refused is refused as a problem."""

import os
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.generation import GenerationMode
from tests.store.people.people_rows import PASSWORD, join

from masthead.model import default_model
from masthead.people import People
from masthead.rest import openapi
from masthead.roles.api.application import Application
from masthead.store import Database

SEED = int(os.environ.get("MASTHEAD_SEED", "3"))
EXAMPLES = int(os.environ.get("MASTHEAD_SCHEMATHESIS_EXAMPLES", "20"))
SITE = "https://masthead.test"

SCHEMA = schemathesis.openapi.from_dict(openapi(default_model()))
WRITES = [
    each.ok()
    for each in SCHEMA.get_all_operations()
    if any(name in each.ok().path for name in ("/api/posts", "/api/bulk", "/api/releases", "/api/site"))
]


@pytest.fixture
async def owner(application: Application, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an owner who is signed in."""
    people = People(database, ("Post",))
    await join(people, "ada@example.org", "owner")
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=SITE, headers={"origin": SITE}) as client:
        signed_in = {"email": "ada@example.org", "password": PASSWORD}
        assert (await client.post("/api/session", json=signed_in)).status_code == 200
        yield client
    people.close()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", WRITES, ids=lambda each: each.label)
async def test_nothing_makes_it_fail(owner: httpx.AsyncClient, operation: Any, mode: GenerationMode) -> None:
    """Whatever arrives has an answer."""
    if mode is GenerationMode.NEGATIVE and not [*operation.iter_parameters(), *operation.body]:
        pytest.skip("nothing can be wrong with a request that takes nothing")
    cases: list[Any] = []

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def make(case: Any) -> None:
        cases.append(case)

    make()
    for case in cases:
        sent = case.as_transport_kwargs(base_url=SITE)
        reply = await owner.request(
            sent["method"],
            sent["url"],
            params=sent.get("params"),
            json=sent.get("json"),
            content=sent.get("data"),
            headers=[
                (name, str(value).encode("latin-1", "replace"))
                for name, value in sent["headers"].items()
                if name.lower()
                != "accept-encoding"  # this client does not know all that schemathesis asks for
            ],
        )
        assert reply.status_code < 500, (SEED, sent, reply.text)
        if reply.status_code >= 400:
            assert reply.headers["content-type"] == "application/problem+json", (sent, reply.text)
            assert reply.json()["code"], sent
