"""What the APIs answer a viewer from whom something is hidden."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

import masthead as mh
from masthead.access import ANONYMOUS, Policies, Viewer, compile_policies
from masthead.graphql import Engine, graphql_endpoint
from masthead.kernel import NotFoundError
from masthead.model import Asset, Post, default_model
from masthead.query import Guards, plan_first
from masthead.query import selection as select
from masthead.rest import Rest, openapi_json, rest_endpoint
from masthead.store import Database, measured

MODEL = default_model()
ADA, BOB = (Viewer(UUID(int=number), frozenset({"author"})) for number in (1, 2))
SEEN, HIDDEN, ABSENT = UUID(int=11), UUID(int=12), UUID(int=13)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
POLICIES = compile_policies(
    MODEL,
    [
        mh.policies(
            Post,
            mh.allow("read", to=mh.anyone, when=mh.this.title != "Hidden"),
            mh.allow("read", to="author", when=mh.is_own),
            mh.hide("description", "date", but="legal"),
        ),
        mh.policies(Asset, mh.allow("read", to="editor")),
    ],
)


@pytest.fixture
async def published(database: Database) -> Database:
    """Two public posts, both Ada's; one is hidden from all others."""
    await database.open_editorial(size=1)
    async with database.transaction() as transaction:
        for id_, title in ((SEEN, "Seen"), (HIDDEN, "Hidden")):
            await transaction.execute(
                "INSERT INTO masthead.entry (id, type, head, created_at, updated_at, owner) "
                "VALUES ($1, $2, $1, $3, $3, $4)",
                *(id_, MODEL["Post"].identity, NOW, ADA.account),
            )
            await transaction.execute(
                "INSERT INTO live.post (id, path, created_at, updated_at, published_at, title, slug, "
                "description, date, keywords, body, body_html, body_text, body_excerpt, body_toc, "
                "body_minutes) "
                "VALUES ($1, $2, $3, $3, $3, $4, lower($4), 'note', $3, '{}', '', '', '', '', '[]', 1)",
                *(id_, f"/posts/{title.lower()}", NOW, title),
            )
    return database


def engine_of(database: Database, policies: Policies = POLICIES) -> Engine:
    """The engine as the API process makes it."""
    return Engine(MODEL, database.public, policies=policies, editorial=database.editorial)


def rest_of(database: Database) -> Rest:
    """The service as the API process makes it."""
    return Rest(MODEL, database.public, policies=POLICIES, editorial=database.editorial)


LOOKUPS = (
    '{ post(id: "%s") { title } }',
    '{ node(id: "%s") { id } }',
    '{ nodes(ids: ["%s"]) { id } }',
    '{ posts(where: { id: { eq: "%s" } }) { totalCount nodes { id } pageInfo { hasNextPage } } }',
    '{ posts(where: { id: { in: ["%s"] } }) { aggregate { count max { createdAt } } } }',
)


@pytest.mark.parametrize("document", LOOKUPS)
async def test_a_hidden_entry_is_answered_as_one_that_is_not_there(
    published: Database, document: str
) -> None:
    """The same bytes, after the same statement."""
    engine, answers = engine_of(published), []
    for id_ in (HIDDEN, ABSENT):
        async with measured(has_texts=True) as spent:
            answer = await engine.execute(document % id_)
        answers.append((answer.body, answer.status, spent.statements, spent.texts))
    assert answers[0] == answers[1]
    assert answers[0][2] == 1


@pytest.mark.parametrize(("hidden", "absent"), [("hidden", "absent"), (str(HIDDEN), str(ABSENT))])
async def test_rest_answers_it_so_too(published: Database, hidden: str, absent: str) -> None:
    """The same problem, after the same statement: the key that was asked for is all that differs."""
    rest, answers = rest_of(published), []
    for key in (hidden, absent):
        async with measured(has_texts=True) as spent:
            with pytest.raises(NotFoundError) as refused:
                await rest.get(f"/api/posts/{key}")
        answers.append((str(refused.value).replace(key, "KEY"), spent.statements, spent.texts))
    assert answers[0] == answers[1]


async def test_one_plan_serves_two_viewers_of_one_shape(published: Database) -> None:
    """Who they are comes with the request, and is no part of the plan."""
    engine = engine_of(published)
    document = "{ posts { nodes { title } } }"
    answers = [(await engine.execute(document, viewer=viewer)).body for viewer in (ADA, BOB, ANONYMOUS)]
    assert answers == [
        b'{"data":{"posts":{"nodes":[{"title":"Hidden"}, \n {"title":"Seen"}]}}}',
        b'{"data":{"posts":{"nodes":[{"title":"Seen"}]}}}',
        b'{"data":{"posts":{"nodes":[{"title":"Seen"}]}}}',
    ]
    assert (engine.plans.misses, engine.plans.hits) == (2, 1)


async def test_a_hidden_field_is_null_and_cannot_be_asked_after(published: Database) -> None:
    """Neither a filter nor a search finds it, and no order is by it."""
    answer = await engine_of(published).execute(
        """{
            posts { nodes { description date } }
            a: posts(where: { description: { eq: "note" } }) { totalCount }
            b: posts(where: { description: { isNull: true } }) { totalCount }
            c: posts(search: "note") { totalCount }
        }"""
    )
    assert answer.body == (
        b'{"data":{"posts":{"nodes":[{"description":null,"date":null}]},'
        b'"a":{"totalCount":0},"b":{"totalCount":1},"c":{"totalCount":0}}}'
    )


async def test_what_can_be_hidden_is_nullable_in_the_schemas(published: Database) -> None:
    """Fields of hide(), and references to entries that not everybody sees; and nothing else."""
    fields = engine_of(published).schema.type_map["Post"].fields  # type: ignore[attr-defined]  # an object
    assert str(fields["date"].type) == "DateTime"
    assert str(fields["title"].type) == "String!"
    asset = engine_of(published).schema.type_map["Asset"].fields  # type: ignore[attr-defined]  # an object
    assert str(asset["url"].type) == "String!"
    document = openapi_json(rest_of(published).resources.model).decode()
    assert document != openapi_json(MODEL).decode()


async def test_rest_shows_a_viewer_its_own(published: Database) -> None:
    """The guard of the service is that of the engine."""
    rest = rest_of(published)
    own = await rest.get("/api/posts", b"fields[posts]=title", ADA)
    others = await rest.get("/api/posts", b"fields[posts]=title", BOB)
    assert (own.body.count(b'"title"'), others.body.count(b'"title"')) == (2, 1)


async def test_a_token_without_the_scope_reads_what_anyone_reads(published: Database) -> None:
    """No more and no less: whoever has it could leave it out."""
    limited = Viewer(ADA.account, ADA.roles, scopes=frozenset({"change"}))
    answer = await engine_of(published).execute("{ posts { totalCount } }", viewer=limited)
    assert answer.body == b'{"data":{"posts":{"totalCount":1}}}'


async def test_answers_to_who_is_signed_in_are_private(published: Database) -> None:
    """Nobody keeps them, and they vary by who asks; what is public stays as it was."""
    asked: list[tuple[Any, str]] = [
        (graphql_endpoint(engine_of(published)), "/graphql?query=%7Bposts%7BtotalCount%7D%7D"),
        (rest_endpoint(rest_of(published)), "/api/posts"),
        (rest_endpoint(rest_of(published)), "/api/posts/absent"),
    ]
    for endpoint, address in asked:
        async with httpx.AsyncClient(transport=_As(ADA, endpoint), base_url="http://test") as client:
            known = (await client.get(address)).headers
        async with httpx.AsyncClient(transport=_As(ANONYMOUS, endpoint), base_url="http://test") as client:
            unknown = (await client.get(address)).headers
        assert (known["cache-control"], "authorization, cookie" in known["vary"]) == (
            "private, no-store",
            True,
        )
        assert "private" not in unknown["cache-control"]
        assert "cookie" not in unknown.get("vary", "")


class _As(httpx.ASGITransport):
    """As a viewer whom a layer around has recognised."""

    def __init__(self, viewer: Viewer, application: Any) -> None:
        async def recognised(scope: Any, receive: Any, send: Any) -> None:
            await application({**scope, "masthead.viewer": viewer}, receive, send)

        super().__init__(recognised)


async def test_the_anonymous_role_still_has_no_grant_but_on_what_is_live(published: Database) -> None:
    """Guarded plans of nobody read no table of the registry."""
    guard = Guards(MODEL, POLICIES, "live").of(ANONYMOUS)
    assert guard is not None
    members = (select.Member("title", select.Scalar("title")),)
    lookup = select.Lookup("Post", "slug", select.Given("seen"), members)
    plan = plan_first(MODEL, [lookup], "live", (guard,))
    assert "masthead." not in plan.sql
    rows: Sequence[Any] = await published.public.fetch_rows(plan.sql, plan.arguments({}))
    assert plan.answer(rows) == b'{"title":"Seen"}'
