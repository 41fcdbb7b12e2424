"""Pages as a client sees them: kept, revalidated, dropped at a change, protected."""

import asyncio

import httpx
import pytest
from tests.contract.http.conftest import FakeSite, change_and_hear

from masthead.roles.api.application import Application
from masthead.store import Database


async def test_a_page_is_rendered_once_and_revalidated(client: httpx.AsyncClient, site: FakeSite) -> None:
    """The second request is answered from memory; who has the page gets 304."""
    site.put("/posts/a", "<h1>A</h1>")
    first = await client.get("/posts/a")
    again = await client.get("/posts/a", headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, first.text) == (200, "<h1>A</h1>")
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "no-cache"
    assert site.asked == ["/posts/a"]


async def test_a_hundred_requests_make_one_render(client: httpx.AsyncClient, site: FakeSite) -> None:
    """A page that became popular this second costs Node one render."""
    site.put("/", "home")
    site.may_answer.clear()
    asking = [asyncio.create_task(client.get("/")) for _ in range(100)]
    await site.is_asked.wait()
    site.may_answer.set()
    assert {answer.text for answer in await asyncio.gather(*asking)} == {"home"}
    assert site.asked == ["/"]


async def test_a_change_shows_at_once(
    client: httpx.AsyncClient, site: FakeSite, database: Database, application: Application
) -> None:
    """Whoever was told of a change finds the new page, also when an old render ends later."""
    site.put("/", "old")
    assert (await client.get("/")).text == "old"
    site.put("/", "new")
    await change_and_hear(database, application)
    assert (await client.get("/")).text == "new"


async def test_a_render_from_before_a_change_is_not_kept(
    client: httpx.AsyncClient, site: FakeSite, database: Database, application: Application
) -> None:
    """It began with the old content and ends after the purge: nobody else gets it."""
    site.put("/", "old")
    site.may_answer.clear()
    early = asyncio.create_task(client.get("/"))
    await site.is_asked.wait()
    site.put("/", "new")
    await change_and_hear(database, application)
    site.may_answer.set()
    assert (await early).text == "old"
    assert (await client.get("/")).text == "new"


async def test_query_strings_make_no_renders(client: httpx.AsyncClient, site: FakeSite) -> None:
    """Parameters that the site does not read are dropped before cache and Node."""
    site.put("/", "home")
    for number in range(5):
        assert (await client.get(f"/?utm={number}&x")).text == "home"
    assert site.asked == ["/"]


async def test_head_is_get_without_a_body(client: httpx.AsyncClient, site: FakeSite) -> None:
    """From the same kept page."""
    site.put("/", "home")
    head, get = await client.head("/"), await client.get("/")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]
    assert site.asked == ["/"]


async def test_errors_and_no_store_are_not_kept(client: httpx.AsyncClient, site: FakeSite) -> None:
    """The next request asks Node again."""
    site.put("/a", "broken", 500)
    site.put("/b", "mine", cache_control="private, no-store")
    for path in ("/a", "/a", "/b", "/b"):
        assert (await client.get(path)).headers["cache-control"] == "no-store"
    assert site.asked == ["/a", "/a", "/b", "/b"]


async def test_what_node_says_of_itself_stays_inside(client: httpx.AsyncClient, site: FakeSite) -> None:
    """No x-powered-by, no hop-by-hop header, no stack trace in plain text."""
    site.put("/", "home", x_powered_by="Node", keep_alive="timeout=5", set_cookie="a=b")
    site.put("/failed", "TypeError: at server.js:1", 500, content_type="text/plain")
    answer, failed = await client.get("/"), await client.get("/failed")
    assert not {"x-powered-by", "keep-alive", "set-cookie"} & set(answer.headers)
    assert (failed.status_code, failed.text) == (503, "This page cannot be made just now.\n")


async def test_nothing_of_the_asker_reaches_a_page(client: httpx.AsyncClient, site: FakeSite) -> None:
    """A page is kept for all: Node sees neither Host nor cookie nor address of the one who asked first."""
    await client.get("/", headers={"host": "evil.test", "cookie": "a=b", "x-forwarded-host": "evil.test"})
    assert "evil" not in site.heads[0]
    assert "cookie" not in site.heads[0].lower()


async def test_the_sites_own_script_policy_is_kept(client: httpx.AsyncClient, site: FakeSite) -> None:
    """It knows its scripts by name; only a page without a policy gets one by its scripts' hashes."""
    site.put(
        "/own", "<script>a()</script>", content_security_policy="script-src 'self'; frame-ancestors 'self'"
    )
    site.put("/none", "<script>a()</script>")
    own, none = await client.get("/own"), await client.get("/none")
    assert own.headers["content-security-policy"] == "script-src 'self'; frame-ancestors 'self'"
    assert "'sha256-" in none.headers["content-security-policy"]


async def test_a_given_request_id_is_kept_when_harmless(client: httpx.AsyncClient) -> None:
    """A proxy's id goes through; anything else is replaced."""
    kept = await client.get("/healthz", headers={"x-request-id": "abc-12345678"})
    replaced = await client.get("/healthz", headers={"x-request-id": "a b<c>"})
    assert kept.headers["x-request-id"] == "abc-12345678"
    assert replaced.headers["x-request-id"] != "a b<c>"


@pytest.mark.parametrize("path", ["/a%00b", "/a%0ab", "/a%5Cb", "/" + "a" * 2100])
async def test_what_nothing_can_have_is_404_without_a_render(
    client: httpx.AsyncClient, site: FakeSite, path: str
) -> None:
    """Control characters, backslashes, endless paths."""
    assert (await client.get(path)).status_code == 404
    assert site.asked == []


async def test_pages_are_only_read(client: httpx.AsyncClient, site: FakeSite) -> None:
    """POST is 405, and says what is possible."""
    answer = await client.post("/", content=b"x")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_without_node_kept_pages_are_served_and_others_wait(
    client: httpx.AsyncClient, site: FakeSite, application: Application
) -> None:
    """503 with Retry-After for what is not kept; nothing of what is inside."""
    site.put("/", "home")
    await client.get("/")
    site.may_answer.clear()  # from now on it takes connections and says nothing
    kept, other = await client.get("/"), await client.get("/other")
    assert kept.text == "home"
    assert (other.status_code, other.headers["retry-after"]) == (503, "2")
    assert other.text == "This page cannot be made just now.\n"
