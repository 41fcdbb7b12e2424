"""Persisted queries as Apollo's clients speak them, and the caching of what a GET only names."""

import json
from hashlib import sha256
from typing import Any

import pytest
from tests.unit.graphql.serving import CannedReader, an_engine, client

from masthead.graphql import Documents

QUERY = "query Count { posts { totalCount } }"
HASH = sha256(QUERY.encode()).hexdigest()
NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"


def persisted(digest: str = HASH, **more: Any) -> dict[str, Any]:
    """A request that names a query, as Apollo Client spells it."""
    extension = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
    return {"operationName": "Count", "variables": {}, "extensions": extension, **more}


async def test_a_client_sends_the_hash_then_the_query_then_the_hash() -> None:
    """The first reply is what its link waits for: status 200, this message and this code."""
    async with client(an_engine()) as http:
        first = await http.post("/graphql", json=persisted())
        (error,) = first.json()["errors"]
        assert (first.status_code, error["message"]) == (200, "PersistedQueryNotFound")
        assert error["extensions"]["code"] == NOT_FOUND
        second = await http.post("/graphql", json=persisted(query=QUERY))
        third = await http.post("/graphql", json=persisted())
    assert list(second.json()) == ["data"]
    assert third.content == second.content


async def test_a_hash_of_another_query_is_refused() -> None:
    """Or one client could choose what another executes."""
    async with client(an_engine()) as http:
        refused = await http.post("/graphql", json=persisted(query="{ site { title } }"))
        assert refused.status_code == 400
        assert code(refused.json()) == "PERSISTED_QUERY_HASH_MISMATCH"
        assert code((await http.post("/graphql", json=persisted())).json()) == NOT_FOUND


@pytest.mark.parametrize(
    "extension", [{"version": 2, "sha256Hash": HASH}, {"version": 1}, {"version": 1, "sha256Hash": 7}, "x"]
)
async def test_a_malformed_extension_is_400(extension: Any) -> None:
    """Version 1, with a hash."""
    async with client(an_engine()) as http:
        response = await http.post("/graphql", json={"extensions": {"persistedQuery": extension}})
    assert (response.status_code, code(response.json())) == (400, "BAD_REQUEST")


async def test_a_server_may_take_none() -> None:
    """Then a client stops asking: it reads this message."""
    async with client(an_engine(), Documents(capacity=0)) as http:
        response = await http.post("/graphql", json=persisted(query=QUERY))
    (error,) = response.json()["errors"]
    assert (response.status_code, error["message"]) == (200, "PersistedQueryNotSupported")
    assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_SUPPORTED"


async def test_memory_is_bounded_in_bytes() -> None:
    """The one that was used longest ago goes."""
    documents = Documents(capacity=70)
    async with client(an_engine(), documents) as http:
        for name in ("A", "B", "C"):
            query = f"query {name} {{ site {{ title path }} }}"
            digest = sha256(query.encode()).hexdigest()
            await http.post("/graphql", json=persisted(digest, query=query, operationName=name))
    assert documents.persisted.used <= 70
    assert len(documents.persisted) == 2


async def test_a_known_query_is_planned_once() -> None:
    """By its hash, and by itself: one document, one plan."""
    engine = an_engine()
    async with client(engine) as http:
        for body in (persisted(query=QUERY), persisted(), {"query": QUERY, "operationName": "Count"}):
            await http.post("/graphql", json=body)
    assert (engine.plans.misses, engine.plans.hits) == (1, 2)


async def test_a_get_of_a_persisted_query_can_be_kept() -> None:
    """A strong ETag, Cache-Control, and 304 without a body for who has it."""
    reader = CannedReader(b"7")
    async with client(an_engine(reader)) as http:
        await http.post("/graphql", json=persisted(query=QUERY))
        params = {"operationName": "Count", "extensions": json.dumps(persisted()["extensions"])}
        first = await http.get("/graphql", params=params)
        tag = first.headers["etag"]
        assert (first.status_code, tag[0], tag[-1]) == (200, '"', '"')
        assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
        again = await http.get("/graphql", params=params, headers={"if-none-match": f'"other", W/{tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert "content-type" not in again.headers
        reader.answer = b"8"
        changed = await http.get("/graphql", params=params, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


async def test_what_is_not_persisted_is_not_kept() -> None:
    """A GET with the whole document, and every error: no-store. A POST says nothing."""
    async with client(an_engine()) as http:
        whole = await http.get("/graphql", params={"query": QUERY})
        unknown = await http.get("/graphql", params={"extensions": json.dumps(persisted()["extensions"])})
        wrong = await http.get("/graphql", params={"query": "{ nope }"})
        posted = await http.post("/graphql", json={"query": QUERY})
    for response in (whole, unknown, wrong):
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers
    assert "cache-control" not in posted.headers


def code(body: dict[str, Any]) -> str:
    """The code of the only error."""
    (error,) = body["errors"]
    return str(error["extensions"]["code"])
