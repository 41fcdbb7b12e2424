"""Sense and nonsense at the doors of who may edit and administer, as schemathesis makes it from the OpenAPI
document, sent by an owner: never a 5xx, and never an answer that the document does not describe."""

import os
from collections.abc import AsyncIterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode
from tests.conformance import CHECKS
from tests.store.people.people_rows import PASSWORD, join
from tests.store.webhooks.consumed import Consumed

from masthead.model import default_model
from masthead.people import People
from masthead.rest import openapi
from masthead.roles.api.application import Application
from masthead.store import Database

SEED = int(os.environ.get("MASTHEAD_SEED", "3"))
EXAMPLES = int(os.environ.get("MASTHEAD_SCHEMATHESIS_EXAMPLES", "10"))
SITE = "https://masthead.test"
DOORS = ("/api/posts", "/api/bulk", "/api/releases", "/api/site", "/api/previews", "/api/webhooks")


def closed_document() -> dict[str, Any]:
    """The document, whose answers hold nothing that it does not name; without tokens and cookies to guess,
    which would make nobody of the owner."""
    document = deepcopy(openapi(default_model()))  # parts of it are everybody's
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):  # not the parameters of all
                operation.pop("security", None)
    for schema in document["components"]["schemas"].values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return document


SCHEMA = schemathesis.openapi.from_dict(closed_document())
OPERATIONS = [
    each.ok() for each in SCHEMA.get_all_operations() if any(name in each.ok().path for name in DOORS)
]


@dataclass(frozen=True)
class Owner:
    """The browser of an owner who is signed in, and what there is, by the names that paths give it."""

    client: httpx.AsyncClient
    there: Mapping[str, str]


@pytest.fixture
async def owner(application: Application, database: Database) -> AsyncIterator[Owner]:
    """One, with a post in a release, a schedule, a preview and a webhook that was sent something."""
    people = People(database, ("Post",))
    await join(people, "ada@example.org", "owner")
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=SITE, headers={"origin": SITE}) as client:
        signed_in = {"email": "ada@example.org", "password": PASSWORD}
        assert (await client.post("/api/session", json=signed_in)).status_code == 200
        yield Owner(client, await make_things(client, database))
    people.close()


async def make_things(client: httpx.AsyncClient, database: Database) -> dict[str, str]:
    """One of each; their ids."""

    async def make(path: str, given: Mapping[str, object]) -> Any:
        reply = await client.post(f"/api/{path}", json=given)
        assert reply.status_code in (200, 201), reply.text
        return reply.json()

    webhook = (await make("webhooks", {"url": "https://example.org/in"}))["id"]
    await Consumed(database).tell(2)
    deliveries = (await client.get(f"/api/webhooks/{webhook}/deliveries")).json()["deliveries"]
    post = await make("posts", {"title": "A"})
    due = {"action": "publish", "at": "2099-01-01T00:00:00Z", "base": post["revision"]}
    scheduled = await make(f"posts/{post['id']}/schedule", due)
    release = await make("releases", {"name": "R", "items": [{"entry": post["id"], "action": "publish"}]})
    preview = await make("previews", {"entry": post["id"]})
    await make("site", {"title": "Here"})
    return {
        "id": post["id"], "idOrSlug": post["id"], "revision": post["revision"],
        "schedule": scheduled["schedule"], "release": release["data"]["id"], "preview": preview["id"],
        "webhook": webhook, "delivery": deliveries[0]["id"],
    }  # fmt: skip


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
async def test_nothing_makes_it_fail(owner: Owner, operation: Any) -> None:
    """Sense, and nonsense where there can be some; every other request is for what is there, as a draft."""
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        if mode is GenerationMode.NEGATIVE and not [*operation.iter_parameters(), *operation.body]:
            continue
        for number, case in enumerate(cases(operation, mode)):
            if number % 2 == 0:
                given = case.path_parameters or {}
                case.path_parameters = {name: owner.there.get(name, each) for name, each in given.items()}
                if any(each.name == "stage" for each in operation.query):
                    case.query = {**(case.query or {}), "stage": "draft"}
            reply = await send(owner.client, case)
            case.validate_response(reply, checks=CHECKS)
            if reply.status_code >= 400:
                assert reply.headers["content-type"] == "application/problem+json", (SEED, case, reply.text)


def cases(operation: Any, mode: GenerationMode) -> list[Any]:
    """Requests, always the same ones of a seed."""
    found: list[Any] = []

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def make(case: Any) -> None:
        found.append(case)

    try:
        make()
    except Unsatisfiable:  # whatever stands in its address may stand there
        assert mode is GenerationMode.NEGATIVE
    return found


async def send(client: httpx.AsyncClient, case: Any) -> httpx.Response:
    """What is answered."""
    sent = case.as_transport_kwargs(base_url=SITE)
    return await client.request(
        sent["method"],
        sent["url"],
        params=sent.get("params"),
        json=sent.get("json"),
        content=sent.get("data"),
        headers=[
            (name, str(value).encode("latin-1", "replace"))
            for name, value in sent["headers"].items()
            if name.lower() != "accept-encoding"  # this client does not know all that schemathesis asks for
        ],
    )
