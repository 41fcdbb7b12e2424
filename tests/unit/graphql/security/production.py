"""The endpoint as `masthead serve api` has it when nothing is set, over a reader that we own."""

from typing import Any, cast

import httpx
from tests.unit.graphql.serving import CannedReader

from masthead.kernel.settings import Settings
from masthead.model import default_model
from masthead.roles.api.graphql import documents_of, graphql_application, public_engine
from masthead.roles.api.metrics import Metrics


def attacked(reader: CannedReader | None = None, **settings: Any) -> httpx.AsyncClient:
    """A client of /graphql in production."""
    given = Settings(**settings)
    rows = cast("Any", reader or CannedReader())
    engine = public_engine(default_model(), rows, Metrics(), given, {})
    application = graphql_application(engine, documents_of(given, engine), given)
    transport = httpx.ASGITransport(application)  # type: ignore[arg-type]  # ASGI, spelled otherwise
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def ask(document: str, reader: CannedReader | None = None, **settings: Any) -> httpx.Response:
    """The reply to a document that is sent as graphql-cop sends it."""
    async with attacked(reader, **settings) as http:
        return await http.post("/graphql", json={"query": document, "operationName": "cop"})


def code(response: httpx.Response) -> str:
    """The code of the only error; there is no data beside it."""
    body = response.json()
    assert "data" not in body
    (error,) = body["errors"]
    return str(error["extensions"]["code"])
