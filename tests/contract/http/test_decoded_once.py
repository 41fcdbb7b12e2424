"""An address is decoded once: what is encoded twice is another address, and leads nowhere."""

import httpx
import pytest
from tests.contract.http.conftest import FakeSite, add_entry

from masthead.store import Database


@pytest.fixture
async def post(database: Database, site: FakeSite) -> None:
    """A post at /posts/a."""
    await add_entry(database, "Post", "/posts/a")
    site.put("/posts/a", "the post")


@pytest.mark.usefixtures("post")
async def test_encoded_once_it_is_there(client: httpx.AsyncClient) -> None:
    """Only so can the other tests fail."""
    assert (await client.get("http://masthead.test/posts/%61", follow_redirects=True)).text == "the post"


@pytest.mark.parametrize("path", ["/posts/%2561", "/%2570osts/a", "/posts%252Fa", "/posts/x/%252e%252e/a"])
@pytest.mark.usefixtures("post")
async def test_a_page_encoded_twice_is_not_there(
    client: httpx.AsyncClient, path: str, site: FakeSite
) -> None:
    """Nor is the visitor sent to the one that it would be."""
    answer = await client.get(f"http://masthead.test{path}", follow_redirects=True)
    assert (answer.status_code, "the post" in answer.text, "/posts/a" in site.asked) == (404, False, False)


@pytest.mark.parametrize("path", ["/%2561pi/posts", "/api/%2570osts", "/%2567raphql", "/assets/%252e%252e/x"])
async def test_neither_is_an_api_or_a_file(client: httpx.AsyncClient, path: str) -> None:
    """What stands behind an address is not reached by another way to write it."""
    assert (await client.get(f"http://masthead.test{path}")).status_code == 404


@pytest.mark.parametrize(
    ("query", "status"), [("p%61ge[size]=%31", 200), ("p%2561ge[size]=1", 400), ("page[size]=%2531", 400)]
)
async def test_a_parameter_is_decoded_once(client: httpx.AsyncClient, query: str, status: int) -> None:
    """Neither its name nor its value is looked at again."""
    assert (await client.get(f"http://masthead.test/api/posts?{query}")).status_code == status
