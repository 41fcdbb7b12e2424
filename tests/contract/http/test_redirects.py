"""Old addresses and other spellings lead to an entry's own address."""

import httpx
import pytest
from tests.contract.http.conftest import FakeSite, add_entry

from masthead.store import Database


@pytest.fixture
async def post(database: Database, site: FakeSite) -> None:
    """A post at /posts/a-b that was at /old/a.html and /old/dir/ before."""
    await add_entry(database, "Post", "/posts/a-b", "/old/a.html", "/old/dir/", "/größe")
    site.put("/posts/a-b", "post")
    site.put("/archive", "archive")


@pytest.mark.parametrize(
    ("asked", "status", "location"),
    [
        ("/old/a.html", 301, "/posts/a-b"),
        ("/old/dir/", 301, "/posts/a-b"),
        ("/old/dir", 301, "/posts/a-b"),
        ("/gr%C3%B6%C3%9Fe", 301, "/posts/a-b"),
        ("/posts/a-b/", 301, "/posts/a-b"),
        ("/posts/a-b.html", 301, "/posts/a-b"),
        ("/posts/a-b/index.html", 301, "/posts/a-b"),
        ("//posts//a-b", 301, "/posts/a-b"),
        ("/archive/", 308, "/archive"),
        ("//archive", 308, "/archive"),
    ],
)
@pytest.mark.usefixtures("post")
async def test_it_leads_to_the_own_address(
    client: httpx.AsyncClient, asked: str, status: int, location: str
) -> None:
    """301 to an entry, 308 to another spelling of a page of the site."""
    answer = await client.get(f"http://masthead.test{asked}")
    assert (answer.status_code, answer.headers["location"]) == (status, location)


@pytest.mark.usefixtures("post")
async def test_content_wins_over_an_old_address(client: httpx.AsyncClient, site: FakeSite) -> None:
    """An alias leads away only from where nothing is."""
    site.put("/old/dir", "something new here")
    assert (await client.get("/old/dir")).text == "something new here"


@pytest.mark.usefixtures("post")
async def test_nowhere_is_404_kept_within_a_bound(client: httpx.AsyncClient, site: FakeSite) -> None:
    """Asking again for what is not there costs Node nothing."""
    for _ in range(3):
        assert (await client.get("/nowhere")).status_code == 404
    assert site.asked == ["/nowhere"]


@pytest.mark.parametrize("asked", ["//evil.test/", "//evil.test/..%2f", "/%2f%2fevil.test/", "/\\evil.test/"])
@pytest.mark.usefixtures("post")
async def test_no_redirect_leaves_this_host(client: httpx.AsyncClient, asked: str) -> None:
    """Whatever is asked, a Location begins with one slash."""
    answer = await client.get(f"http://masthead.test{asked}")
    assert not answer.headers.get("location", "/").startswith(("//", "/\\", "http"))
