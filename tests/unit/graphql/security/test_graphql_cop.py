"""Every detection of graphql-cop (github.com/dolevf/graphql-cop, lib/tests), sent as it sends it: a test
each, named as the file there."""

from tests.unit.graphql.security.production import ask, attacked, code


async def test_dos_alias_overloading() -> None:
    """Alias Overloading: 101 aliases are refused, whatever they name."""
    aliases = " ".join(f"alias{number}:__typename \n" for number in range(101))
    response = await ask(f"query cop {{ {aliases} }}")
    assert code(response) == "ALIASES_EXCEEDED"
    assert "the limit `aliases` is 50" in response.text


async def test_dos_batch() -> None:
    """Array-based Query Batching: ten operations in an array are refused as a whole."""
    batch = [{"query": "query cop { __typename }"}] * 10
    async with attacked() as http:
        response = await http.post("/graphql", json=batch)
    assert (response.status_code, code(response)) == (400, "BATCH_EXCEEDED")


async def test_dos_circular_introspection() -> None:
    """Introspection-based Circular Query: refused as every introspection is, and where those are allowed."""
    inner = "{ name }"
    for _ in range(4):
        inner = f"{{ fields {{ type {inner} }} }}"
    document = f"query cop {{ __schema {{ types {inner} }} }}"
    assert code(await ask(document)) == "INTROSPECTION_DISABLED"
    assert code(await ask(document, graphql_introspection=True)) == "GRAPHQL_VALIDATION_FAILED"


async def test_dos_directive_overloading() -> None:
    """Directive Overloading: ten unknown directives are one error and not ten."""
    response = await ask("query cop { __typename @aa@aa@aa@aa@aa@aa@aa@aa@aa@aa }")
    assert code(response) == "DIRECTIVE_REPEATED"
    many = " ".join(f"a{number}: __typename @d{number}" for number in range(30))
    assert code(await ask(f"query cop {{ {many} }}", graphql_directives=20)) == "DIRECTIVES_EXCEEDED"


async def test_dos_field_duplication() -> None:
    """Field Duplication: one field 500 times is refused."""
    response = await ask("query cop { " + "__typename \n" * 500 + "} ")
    assert response.json()["errors"][0]["extensions"]["code"] in ("REPEATS_EXCEEDED", "DOCUMENT_TOO_COMPLEX")
    assert code(await ask("query cop { " + "__typename " * 101 + "}")) == "REPEATS_EXCEEDED"


async def test_info_field_suggestions() -> None:
    """Field Suggestions: no error says "Did you mean", not for fields, types, arguments nor values."""
    documents = [
        "query cop { __schema { directive } }",
        "query cop { pots { totalCount } }",
        "query cop { posts(frst: 1) { totalCount } }",
        "query cop { posts(orderBy: [{ titel: ASC }]) { totalCount } }",
        "query cop { posts(orderBy: [{ title: ASCE }]) { totalCount } }",
        "query cop { node(id: 1) { ... on Pst { id } } }",
        "query cop($o: [PostOrdr!]) { posts(orderBy: $o) { totalCount } }",
    ]
    for document in documents:
        assert "Did you mean" not in (await ask(document)).text
    async with attacked() as http:
        document = "query cop($o: [PostOrder!]) { posts(orderBy: $o) { totalCount } }"
        response = await http.post(
            "/graphql", json={"query": document, "variables": {"o": [{"titel": "ASC"}]}}
        )
    assert "titel" in response.text
    assert "Did you mean" not in response.text


async def test_info_get_based_mutation() -> None:
    """Mutation is allowed over GET: there are no mutations, and GET takes queries only."""
    async with attacked() as http:
        response = await http.get("/graphql", params={"query": "mutation cop {__typename}"})
    assert "data" not in response.json()


async def test_info_get_method_support() -> None:
    """GET Method Query Support: it is there, as the specification wants it, and it is no forgery: a query
    changes nothing, no cookie is read or set, and another origin's page may not read the reply."""
    async with attacked() as http:
        params = {"query": "query cop {__typename}"}
        plain = await http.get("/graphql", params=params)
        foreign = await http.get(
            "/graphql", params=params, headers={"origin": "https://evil.example", "cookie": "session=1"}
        )
    assert plain.content == foreign.content == b'{"data":{"__typename":"Query"}}'
    assert "set-cookie" not in foreign.headers
    assert not any(name.startswith("access-control-") for name in foreign.headers)


async def test_info_graphiql() -> None:
    """GraphQL IDE: a browser gets no page in production."""
    async with attacked() as http:
        response = await http.get("/graphql", headers={"accept": "text/html"})
    assert response.status_code == 406
    for word in ("graphiql.min.css", "GraphQL Playground", "GraphiQL", "graphql-playground"):
        assert word not in response.text


async def test_info_introspect() -> None:
    """Introspection: off in production."""
    assert code(await ask("query cop { __schema { types { name fields { name } } } }")) == (
        "INTROSPECTION_DISABLED"
    )
    assert code(await ask('query cop { ...F } fragment F on Query { t: __type(name: "Post") { name } }')) == (
        "INTROSPECTION_DISABLED"
    )


async def test_info_post_based_csrf() -> None:
    """POST based url-encoded query: what a form of any page can send is not read."""
    async with attacked() as http:
        for headers, content in (
            ({"content-type": "application/x-www-form-urlencoded"}, b"query=query+cop+%7B+__typename+%7D"),
            ({"content-type": "text/plain"}, b'{"query": "{ __typename }"}'),
            ({"content-type": "multipart/form-data; boundary=x"}, b"--x--"),
            ({}, b'{"query": "{ __typename }"}'),
        ):
            response = await http.post("/graphql", content=content, headers=headers)
            assert response.status_code == 415
            assert "data" not in response.json()


async def test_info_trace_mode() -> None:
    """Trace Mode: no reply has extensions, no error more of them than code and remedy."""
    assert (await ask("query cop { __typename }")).json() == {"data": {"__typename": "Query"}}
    (error,) = (await ask("query cop { nope }")).json()["errors"]
    assert set(error["extensions"]) <= {"code", "remedy"}


async def test_info_unhandled_error() -> None:
    """Unhandled Errors Detection: what is no GraphQL is a parse error, without an exception in it."""
    response = await ask("qwerty cop { abc }")
    assert code(response) == "GRAPHQL_PARSE_FAILED"
    assert "exception" not in response.text.lower()
