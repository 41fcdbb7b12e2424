"""Whatever a request includes, PostgreSQL gets one statement, planned once for all its values."""

import pytest

from masthead.kernel import InputError, NotFoundError
from masthead.model import default_model
from masthead.rest import Limits, Rest
from masthead.store import Database, measured

REQUESTS = {
    "a list": ("/api/posts", b"page[total]=true&include=authors.posts,tags&sort=-date,title"),
    "an entry by its slug": ("/api/posts/post-7", b"include=authors,tags.posts"),
    "filters": ("/api/posts", b"filter[tags.slug]=tag-7&filter[or][a][title][contains]=7"),
}


@pytest.mark.parametrize(("path", "query"), REQUESTS.values(), ids=REQUESTS.keys())
async def test_one_statement(library: Database, path: str, query: bytes) -> None:
    """Planned or from the cache: one."""
    rest = Rest(default_model(), library.public)
    for _ in range(2):
        async with measured() as spent:
            await rest.get(path, query)
        assert spent.statements == 1
    assert (rest.plans.misses, rest.plans.hits) == (1, 1)


async def test_an_id_or_else_a_slug_is_one_statement(library: Database) -> None:
    """Also where nothing is found."""
    rest = Rest(default_model(), library.public)
    async with measured() as spent:
        with pytest.raises(NotFoundError):
            await rest.get("/api/posts/00000000-0000-0000-0000-000000000000")
    assert spent.statements == 1


async def test_values_are_no_part_of_a_plan(library: Database) -> None:
    """Operands, cursors and slugs change; the plan does not. Flags and sizes decide it."""
    rest = Rest(default_model(), library.public)
    for value in (b"Post+1", b"Post%202", b"no+such"):
        await rest.get("/api/posts", b"filter[title]=" + value)
    for values in (b"post-1", b"post-1,post-2", b""):
        await rest.get("/api/posts", b"filter[slug][in]=" + values)
    await rest.get("/api/posts/post-1")
    await rest.get("/api/posts/post-2")
    assert (rest.plans.misses, rest.plans.hits) == (3, 5)
    for query in (
        b"page[size]=1",
        b"page[size]=2",
        b"filter[cover][isNull]=true",
        b"filter[cover][isNull]=false",
    ):
        await rest.get("/api/posts", query)
    assert rest.plans.misses == 7


async def test_what_is_refused_is_not_kept(library: Database) -> None:
    """Nonsense does not push plans out, and asks the database nothing."""
    rest = Rest(default_model(), library.public, limits=Limits(cost=10_000))
    for query in (b"x=1", b"sort=nothing", b"page[size]=500", b"filter[date][gte]=soon&x=1"):
        async with measured() as spent:
            with pytest.raises(InputError):
                await rest.get("/api/posts", query)
        assert spent.statements == 0
    assert len(rest.plans) == 0


async def test_the_plans_are_bounded(library: Database) -> None:
    """The oldest goes."""
    rest = Rest(default_model(), library.public, cache_size=2)
    for size in (b"1", b"2", b"3"):
        await rest.get("/api/tags", b"page[size]=" + size)
    assert len(rest.plans) == 2
