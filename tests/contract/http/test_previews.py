"""Previews over HTTP: who has the link sees the draft, and nobody and nothing else ever does."""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import unquote

import httpx
import orjson
import pytest
from tests.contract.http.conftest import FakeSite
from tests.store.content.commands.desk import MODEL, Desk
from tests.store.content.previews.counter import forged

from masthead.content.commands import Changed
from masthead.content.previews import Link, OfLatest, Previews
from masthead.kernel import utc_now
from masthead.store import Database

COOKIE = "__Host-masthead-preview"
OVER = "This preview link does not work."
POST = '{ post(slug: "secret") { title } posts { totalCount } search(query: "secret") { totalCount } }'


@pytest.fixture
def desk(database: Database) -> Desk:
    """Where the draft is written."""
    return Desk.at(database)


@pytest.fixture
async def draft(desk: Desk) -> Changed:
    """A draft that nobody may see."""
    return await desk.post("Secret", body="Hidden words.\n")


@pytest.fixture
async def link(desk: Desk, draft: Changed) -> Link:
    """A link to it."""
    return await Previews(desk.database, MODEL).create(OfLatest(draft.entry), desk.editor)


@pytest.fixture
async def reader(client: httpx.AsyncClient, link: Link) -> dict[str, str]:
    """The Cookie header of somebody who has opened the link."""
    answer = await client.get(f"/-/preview/{link.token}")
    return {"cookie": answer.headers["set-cookie"].partition(";")[0]}


def header(site: FakeSite, name: str) -> str | None:
    """What the site was told with its last request."""
    lines: Sequence[str] = site.heads[-1].split("\r\n")
    return next((line.partition(": ")[2] for line in lines if line.lower().startswith(f"{name}:")), None)


async def test_a_link_leads_to_its_entry_with_a_cookie(client: httpx.AsyncClient, link: Link) -> None:
    """Which no script reads, which goes nowhere else, and ends with the link."""
    answer = await client.get(f"/-/preview/{link.token}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/posts/secret")
    cookie, *attributes = answer.headers["set-cookie"].split("; ")
    assert cookie == f"{COOKIE}={link.token}"
    age = int(next(each for each in attributes if each.startswith("Max-Age=")).removeprefix("Max-Age="))
    assert 7 * 86_400 - 60 < age <= 7 * 86_400
    assert {"Path=/", "HttpOnly", "SameSite=Lax", "Secure"} <= set(attributes)
    assert answer.headers["cache-control"] == "private, no-store"


async def test_on_this_machine_the_cookie_has_a_plain_name(client: httpx.AsyncClient, link: Link) -> None:
    """Browsers take no `__Host-` cookie from http://localhost."""
    answer = await client.get(f"/-/preview/{link.token}", headers={"host": "localhost:8000"})
    assert answer.headers["set-cookie"].startswith(f"masthead-preview={link.token}; ")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_a_link_is_only_opened(client: httpx.AsyncClient, link: Link, method: str) -> None:
    """Other methods change nothing."""
    answer = await client.request(method, f"/-/preview/{link.token}")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_a_page_of_a_preview_is_told_what_it_is_of(
    client: httpx.AsyncClient, site: FakeSite, link: Link, reader: dict[str, str]
) -> None:
    """The token for its questions, and the words of the banner."""
    site.put("/posts/secret", "<h1>Secret</h1>")
    answer = await client.get("/posts/secret", headers=reader)
    assert (answer.status_code, answer.text) == (200, "<h1>Secret</h1>")
    assert header(site, "x-masthead-preview") == link.token
    banner = orjson.loads(unquote(header(site, "x-masthead-preview-banner") or ""))
    assert (banner["kind"], banner["title"]) == ("latest", 'Post "Secret"')
    assert banner["expiresAt"] == link.preview.expires_at.isoformat().replace("+00:00", "Z")


async def test_no_page_of_a_preview_is_kept_and_no_kept_page_is_used(
    client: httpx.AsyncClient, site: FakeSite, reader: dict[str, str]
) -> None:
    """Before, with and after: the public sees the public page, and the preview is rendered each time."""
    site.put("/", "public")
    assert (await client.get("/")).text == "public"
    site.put("/", "previewed")
    for _ in range(2):
        answer = await client.get("/", headers={**reader, "if-none-match": '"x"'})
        assert answer.text == "previewed"
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["x-robots-tag"] == "noindex"
        assert "etag" not in answer.headers
    assert (await client.get("/")).text == "public"
    assert site.asked == ["/", "/", "/"]
    site.put("/new", "previewed")
    assert (await client.get("/new", headers=reader)).text == "previewed"
    site.put("/new", "public")
    assert (await client.get("/new")).text == "public"


async def test_two_readers_of_one_page_do_not_share_a_render(
    client: httpx.AsyncClient, site: FakeSite, reader: dict[str, str]
) -> None:
    """Also while the public's is on its way."""
    site.put("/", "home")
    await client.get("/", headers=reader)
    await client.get("/", headers=reader)
    assert header(site, "x-masthead-preview") is not None
    await client.get("/")
    assert header(site, "x-masthead-preview") is None


async def test_graphql_answers_the_header_and_not_the_cookie(
    client: httpx.AsyncClient, link: Link, reader: dict[str, str]
) -> None:
    """A cookie goes along with whatever a browser sends; the header only with what the site asks."""
    public = {"post": None, "posts": {"totalCount": 0}, "search": {"totalCount": 0}}
    shown = {"post": {"title": "Secret"}, "posts": {"totalCount": 1}, "search": {"totalCount": 0}}
    for headers, expected in ((reader, public), ({"x-masthead-preview": link.token}, shown), ({}, public)):
        answer = await client.post("/graphql", json={"query": POST}, headers=headers)
        assert answer.json() == {"data": expected}
    answer = await client.get("/graphql", params={"query": POST}, headers={"x-masthead-preview": link.token})
    assert answer.json() == {"data": shown}
    assert answer.headers["cache-control"] == "private, no-store"
    assert "etag" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/api/posts", "/api/posts/secret", "/api/search?q=secret", "/assets/x", "/feed.xml", "/sitemap.xml"],
)
async def test_nothing_else_knows_of_previews(
    client: httpx.AsyncClient, site: FakeSite, link: Link, reader: dict[str, str], path: str
) -> None:
    """REST, files and the site's documents are answered as to anybody, whatever is sent along."""
    site.put(path, "<feed/>", content_type="application/xml")
    plain = await client.get(path)
    told = await client.get(path, headers={**reader, "x-masthead-preview": link.token})
    assert (told.status_code, told.text) == (plain.status_code, plain.text)
    assert "Secret" not in told.text


async def test_forged_ended_and_turned_off_links_look_alike(
    client: httpx.AsyncClient, desk: Desk, link: Link, draft: Changed
) -> None:
    """One page, one status; a browser that still has the cookie loses it."""
    previews = Previews(desk.database, MODEL, clock=lambda: utc_now() - timedelta(days=8))
    ended = await previews.create(OfLatest(draft.entry), desk.editor)
    off = await previews.create(OfLatest(draft.entry), desk.editor, timedelta(days=30))
    await previews.revoke(off.preview.id, desk.editor)
    pages = []
    for token in (ended.token, off.token, forged(link.token, 3), forged(link.token, 30), "x", "%00"):
        for path, headers in ((f"/-/preview/{token}", {}), ("/", {"cookie": f"{COOKIE}={token}"})):
            answer = await client.get(path, headers=headers)
            assert (answer.status_code, answer.headers["cache-control"]) == (410, "private, no-store")
            assert OVER in answer.text
            assert answer.headers["set-cookie"].startswith(f"{COOKIE}=; ")
            pages.append(answer.text)
        answer = await client.post("/graphql", json={"query": POST}, headers={"x-masthead-preview": token})
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (410, "PREVIEW_OVER")
    assert len(set(pages)) == 1


async def test_an_old_address_leads_on_within_the_preview(
    client: httpx.AsyncClient, site: FakeSite, desk: Desk
) -> None:
    """The address that the entry has in public leads to the one that it will have."""
    made = await desk.public(await desk.post("Old"))
    saved = await desk.save(made, slug="new")
    link = await Previews(desk.database, MODEL).create(OfLatest(saved.entry), desk.editor)
    cookie = {"cookie": f"{COOKIE}={link.token}"}
    site.put("/posts/new", "here")
    answer = await client.get("/posts/old", headers=cookie)
    assert (answer.status_code, answer.headers["location"]) == (302, "/posts/new")
    assert answer.headers["cache-control"] == "private, no-store"
    assert (await client.get("/posts/new", headers=cookie)).text == "here"
    assert (await client.get("/posts/nowhere", headers=cookie)).status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_leaving_takes_the_cookie_away(client: httpx.AsyncClient, method: str) -> None:
    """And goes to the public's front page, whoever asks."""
    answer = await client.request(method, "/-/preview/leave")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["set-cookie"].startswith(f"{COOKIE}=; Path=/; Max-Age=0")


async def test_the_log_does_not_know_the_link(
    client: httpx.AsyncClient, link: Link, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever reads a log must not see drafts by it."""
    await client.get(f"/-/preview/{link.token}")
    told = capsys.readouterr()
    assert link.token not in told.out + told.err


async def test_a_bad_address_is_as_bad_in_a_preview(
    client: httpx.AsyncClient, reader: dict[str, str]
) -> None:
    """No error of the server."""
    for path in ("/a\\b", "/../etc", "/%00", "/" + "a" * 3000):
        assert (await client.get(path, headers=reader)).status_code in (400, 404)


async def test_a_site_that_fails_is_503_in_a_preview_too(
    client: httpx.AsyncClient, site: FakeSite, reader: dict[str, str]
) -> None:
    """With when to try again."""
    site.put("/", '{"error": 1}', 500, content_type="application/json")
    answer = await client.get("/", headers=reader)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
