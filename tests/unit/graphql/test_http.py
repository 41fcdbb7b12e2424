"""GraphQL over HTTP: methods, media types and status codes (graphql.github.io/graphql-over-http/draft)."""

import json
from typing import Any

import pytest
from tests.unit.graphql.serving import CannedReader, an_engine, client

from masthead.graphql import graphql_endpoint
from masthead.kernel import MastheadError, UnavailableError

RESPONSE_JSON = "application/graphql-response+json"
POSTS = "{ posts { totalCount } }"


async def test_post_answers_with_the_bytes_of_the_database() -> None:
    """Put into the answer's frame and not touched."""
    reader = CannedReader(b'{"id" :  ""}')
    response = await client(an_engine(reader)).post("/graphql", json={"query": "{ site { id } }"})
    assert response.status_code == 200
    assert response.content == b'{"data":{"site":{"id" :  ""}}}'
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.headers["content-length"] == "30"


async def test_get_takes_queries_with_variables() -> None:
    """As a URL that can be shared."""
    reader = CannedReader()
    response = await client(an_engine(reader)).get(
        "/graphql",
        params={
            "query": "query A($s: String!) { post(slug: $s) { id } } query B { site { id } }",
            "variables": '{"s": "über & so"}',
            "operationName": "A",
        },
    )
    assert response.status_code == 200
    assert [arguments for _, arguments in reader.asked] == [["über & so"]]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        (RESPONSE_JSON, RESPONSE_JSON),
        (f"{RESPONSE_JSON}; charset=utf-8, application/json; q=0.9", RESPONSE_JSON),
        (f"{RESPONSE_JSON};q=0.1, application/json", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
    ],
)
async def test_the_client_chooses_the_media_type(accept: str | None, expected: str) -> None:
    """By Accept, with its weights; without one it is what every client understands."""
    async with client(an_engine()) as http:
        http.headers.pop("accept")
        headers = {"accept": accept} if accept else {}
        response = await http.post("/graphql", json={"query": POSTS}, headers=headers)
    assert response.headers["content-type"] == f"{expected}; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/html", f"{RESPONSE_JSON};q=0", "application/json; charset=latin1"])
async def test_a_client_that_takes_neither_is_told(accept: str) -> None:
    """406."""
    response = await client(an_engine()).post("/graphql", json={"query": POSTS}, headers={"accept": accept})
    assert response.status_code == 406


@pytest.mark.parametrize(("accept", "status"), [("application/json", 200), (RESPONSE_JSON, 400)])
@pytest.mark.parametrize(
    "document", ["{", "{ nope }", "query ($n: Int!) { posts(first: $n) { totalCount } }"]
)
async def test_an_operation_that_cannot_run(document: str, accept: str, status: int) -> None:
    """400 for who asks for the response media type, 200 for old clients; `data` is absent for both."""
    response = await client(an_engine()).post(
        "/graphql", json={"query": document}, headers={"accept": accept}
    )
    assert response.status_code == status
    assert list(response.json()) == ["errors"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'"query"',
        b"{}",
        b'{"query": 1}',
        b'{"query": ""}',
        b'{"query": "{ site { id } }", "variables": []}',
        b'{"query": "{ site { id } }", "operationName": 1}',
        b'{"query": "{ site { id } }", "extensions": "x"}',
        b'{"query":' + b"[" * 2000 + b"]" * 2000 + b"}",
    ],
)
async def test_a_malformed_request_is_400_for_everyone(body: bytes) -> None:
    """With an error that says what to send."""
    response = await client(an_engine()).post(
        "/graphql", content=body, headers={"content-type": "application/json"}
    )
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "BAD_REQUEST"
    assert error["extensions"]["remedy"]


@pytest.mark.parametrize(
    "query", ["", "query=", "query={site{id}}&variables={", "query={site{id}}&variables=[]"]
)
async def test_a_malformed_url_is_400(query: str) -> None:
    """As a malformed body is."""
    response = await client(an_engine()).get(f"/graphql?{query}")
    assert response.status_code == 400


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/json; charset=latin1", "application/graphql"]
)
async def test_only_json_is_read(content_type: str) -> None:
    """A form or plain text could be sent by any page without asking (CSRF)."""
    response = await client(an_engine()).post(
        "/graphql", content=b'{"query":"{site{id}}"}', headers={"content-type": content_type}
    )
    assert response.status_code == 415


async def test_other_methods_are_refused() -> None:
    """405, with those that are possible."""
    response = await client(an_engine()).put("/graphql", json={"query": POSTS})
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


async def test_a_huge_request_is_refused() -> None:
    """413, before it is read as JSON."""
    response = await client(an_engine()).post("/graphql", json={"query": " " * 1_100_000})
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (UnavailableError("database-unavailable", "Gone."), 503, "DATABASE_UNAVAILABLE"),
        (UnavailableError("statement-timeout", "Too slow.", "Ask for less."), 504, "EXECUTION_TIMEOUT"),
        (
            MastheadError("database-error", "Refused.", context={"detail": "secret"}),
            500,
            "DATABASE_ERROR",
        ),
        (RuntimeError("secret"), 500, "INTERNAL_SERVER_ERROR"),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", RESPONSE_JSON])
async def test_a_failing_server_says_so_and_no_more(
    error: Exception, status: int, code: str, accept: str, capsys: Any
) -> None:
    """5xx with a code; what happened inside is for the log."""
    response = await client(an_engine(CannedReader(error))).post(
        "/graphql", json={"query": POSTS}, headers={"accept": accept}
    )
    assert response.status_code == status
    assert response.json()["errors"][0]["extensions"]["code"] == code
    assert "secret" not in response.text
    assert "data" not in json.loads(response.content)


@pytest.mark.parametrize("length", [b"100", None], ids=["of a length", "chunked"])
async def test_a_body_that_is_cut_off_is_not_executed(length: bytes | None) -> None:
    """Even where what came is JSON: a client that went away has not said what it means. Found by the fuzz of
    tests/story."""
    reader, sent = CannedReader(), []
    came: list[dict[str, Any]] = [
        {"type": "http.request", "body": b'{"query":"{ site { id } }"}', "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> dict[str, Any]:
        return came.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    headers += [(b"content-length", length)] if length else []
    scope = {"type": "http", "method": "POST", "headers": headers, "query_string": b""}
    await graphql_endpoint(an_engine(reader))(scope, receive, send)
    assert sent[0]["status"] == 400
    assert b"The body ended too early." in sent[1]["body"]
    assert reader.asked == []
