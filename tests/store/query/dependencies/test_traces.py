"""What some questions depend on, spelled out; and what is never kept."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from tests.store.query.oracle import OneTransaction, fill
from tests.store.query.oracle.computed import COMPUTING, FUNCTIONS
from tests.store.query.test_walking import a_post, a_world

import masthead as mh
from masthead.access import ANONYMOUS, Viewer, compile_policies
from masthead.graphql import Engine
from masthead.model import Post, Tag, default_model
from masthead.query.dependencies import Dependencies, Match
from masthead.query.selection import Compare, Given, Not
from masthead.rest import Rest
from masthead.store import Database

MODEL = default_model()
POSTS = [a_post(number, number) | {"title": f"T{number}"} for number in (1, 2)]
ONE, TWO = (post["id"] for post in POSTS)
WORLD = a_world(POSTS, "live")
(TAG,) = (row["id"] for row in WORLD.entries["Tag"])
DATED = frozenset({"date"})


def are(title: str) -> Compare:
    """A condition on the title."""
    return Compare("title", "eq", Given(title))


QUESTIONS: dict[str, tuple[str, Dependencies]] = {
    "entries that are shown, at any depth": (
        '{ posts(where: { title: { eq: "T1" } }) { nodes { tags { name } } totalCount } }',
        Dependencies(
            frozenset({ONE, TAG}),
            (Match("Post", are("T1"), DATED | {"title"}),),
            types=frozenset({"Post", "Tag"}),
        ),
    ),
    "a list of what refers to an entry": (
        "{ tags { nodes { posts { totalCount } } } }",
        Dependencies(
            frozenset({TAG}),
            (
                Match("Tag", None, frozenset({"name"})),
                Match("Post", Compare("tags", "has_some", Given((TAG,))), DATED | {"tags"}),
            ),
            types=frozenset({"Post", "Tag"}),
        ),
    ),
    "an entry that is not there": (
        '{ post(slug: "none") { title } node(id: "00000000-0000-0000-0000-000000000009") { id } }',
        Dependencies(
            frozenset({UUID(int=9)}),
            (Match("Post", Compare("slug", "eq", Given("none")), frozenset({"slug"})),),
            types=frozenset(each.name for each in MODEL),
        ),
    ),
    "a filter and an order through references": (
        "{ posts(where: { cover: { size: { gt: 3 } } }, orderBy: [{ cover: { alt: ASC } }]) { totalCount } }",
        Dependencies(
            matches=(
                Match("Asset", None, frozenset({"size", "alt"})),
                Match("Post", Not(Compare("cover", "is_null", Given(value=True))), frozenset({"cover"})),
            ),
            types=frozenset({"Post"}),
        ),
    ),
    "a filter that leads to an entry by its slug": (
        '{ posts(where: { tags: { some: { slug: { eq: "t" } } } }) { totalCount } }',
        Dependencies(
            matches=(
                Match("Tag", None, frozenset({"slug"})),
                Match("Post", Compare("tags", "has_some", Given((TAG,))), DATED | {"tags"}),
            ),
            types=frozenset({"Post"}),
        ),
    ),
    "a condition that a touch cannot answer": (
        '{ posts(where: { title: { gt: "T", ne: "x" }, body: { contains: "t" } }) { totalCount } }',
        Dependencies(matches=(Match("Post", Not(are("x"))),), types=frozenset({"Post"})),
    ),
    "a search": (
        '{ posts(search: "x", where: { title: { eq: "T1" } }) { totalCount } }',
        Dependencies(matches=(Match("Post", are("T1")),), types=frozenset({"Post"})),
    ),
    "what the schema is": ("{ __schema { queryType { name } } }", Dependencies()),
}  # fmt: skip


@pytest.fixture
async def reader(database: Database) -> AsyncIterator[OneTransaction]:
    """The world, in a transaction that is undone."""
    found = OneTransaction()
    async with fill(database, WORLD) as transaction:
        found.transaction = transaction
        yield found


@pytest.mark.parametrize("question", QUESTIONS)
async def test_what_a_question_depends_on(reader: OneTransaction, question: str) -> None:
    """Literally."""
    document, expected = QUESTIONS[question]
    answer, dependencies = await Engine(MODEL, reader).execute_traced(document)
    assert answer.status == 200, answer.body
    assert dependencies == expected


async def test_variables_are_values(reader: OneTransaction) -> None:
    """One plan, and what each answer depends on."""
    engine = Engine(MODEL, reader)
    document = "query ($titles: [String!]!) { posts(where: { title: { in: $titles } }) { totalCount } }"
    for titles in (["a"], ["b", "c"]):
        _, dependencies = await engine.execute_traced(document, {"titles": titles})
        condition = Compare("title", "in", Given(tuple(titles)))
        assert dependencies == Dependencies(
            matches=(Match("Post", condition, DATED | {"title"}),), types=frozenset({"Post"})
        )


async def test_rest_depends_on_all_that_may_be_meant(reader: OneTransaction) -> None:
    """A key is looked for as an id and as a slug."""
    _, dependencies = await Rest(MODEL, reader).get_traced("/api/posts/p1", b"fields%5Bposts%5D=title")
    assert dependencies == Dependencies(
        frozenset({ONE}),
        (Match("Post", Compare("slug", "eq", Given("p1")), frozenset({"slug"})),),
        types=frozenset({"Post"}),
    )


async def test_a_policy_reads_rows_too(reader: OneTransaction) -> None:
    """Who is not signed in sees posts of some tags: which, the tags' names decide, also of what is hidden."""
    allowed = mh.allow("read", to=mh.anyone, when=mh.this.tags.some(mh.this.name != "secret"))
    engine = Engine(MODEL, reader, policies=compile_policies(MODEL, [mh.policies(Post, allowed)]))
    _, dependencies = await engine.execute_traced("{ posts { totalCount } }")
    assert dependencies == Dependencies(
        matches=(
            Match("Post", None, frozenset({"tags"})),
            Match("Tag", None, frozenset({"name"})),
            Match("Post", None, DATED),
        ),
        types=frozenset({"Post"}),
    )


async def test_a_field_that_is_hidden_is_not_compared(reader: OneTransaction) -> None:
    """What the viewer sees of it is not what the row has."""
    rules = mh.policies(Post, mh.allow("read", to=mh.anyone), mh.hide("title"))
    engine = Engine(MODEL, reader, policies=compile_policies(MODEL, [rules]))
    _, dependencies = await engine.execute_traced('{ posts(where: { title: { eq: "T1" } }) { totalCount } }')
    assert dependencies is not None
    assert {each.condition for each in dependencies.matches} == {None}


async def test_what_python_computes_is_not_kept(kitchen_sink: Database) -> None:
    """A function may ask anybody."""
    async with kitchen_sink.transaction() as transaction:
        reader = OneTransaction()
        reader.transaction = transaction
        engine = Engine(COMPUTING, reader, functions=FUNCTIONS)
        answer, dependencies = await engine.execute_traced("{ gadgets { nodes { label risky } } }")
        assert answer.status == 200, answer.body
        assert dependencies is None


async def test_drafts_are_not_kept(reader: OneTransaction) -> None:
    """No touch tells of them."""
    assert (await Engine(MODEL, reader, "draft").execute_traced("{ posts { totalCount } }"))[1] is None
    assert (await Rest(MODEL, reader, "draft").get_traced("/api/posts"))[1] is None


async def test_what_depends_on_owners_is_not_kept(reader: OneTransaction) -> None:
    """The registry says whose an entry is; who is not signed in owns nothing."""
    allowed = mh.allow("read", to=mh.signed_in, when=mh.is_own)
    policies = compile_policies(MODEL, [mh.policies(Tag, allowed)])
    engine = Engine(MODEL, reader, policies=policies)
    ada = Viewer(UUID(int=0xADA), frozenset(), frozenset())
    for viewer, document, is_kept in (
        (ada, "{ tags { totalCount } }", False),
        (ada, "{ posts { nodes { tags { id } } } }", False),
        (ada, "{ posts { totalCount } }", True),
        (ANONYMOUS, "{ tags { totalCount } }", True),
    ):
        answer, dependencies = await engine.execute_traced(document, viewer=viewer)
        assert answer.status == 200, answer.body
        assert (dependencies is not None) is is_kept


async def test_what_is_refused_depends_on_nothing_known(reader: OneTransaction) -> None:
    """It is not kept."""
    answer, dependencies = await Engine(MODEL, reader).execute_traced("{ nothing }")
    assert (answer.status, dependencies) == (400, None)
