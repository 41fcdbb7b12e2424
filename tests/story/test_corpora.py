"""Two real blogs and a real first draft, as a stranger would run them: nothing is missing, nothing breaks.

The files lie beside the checkout and are not part of the project; without them these tests skip.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import httpx
import pytest
from tests.story.conftest import Up
from tests.story.crawl import MARKDOWN, Folder, crawl

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SAMPLE = 50


@pytest.fixture(scope="module", params=["node-blog", "rust-blog"])
def blog(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["Blog"]:
    """One of the blogs, imported and served by `masthead up`."""
    root = shared / "corpora" / request.param / "content"
    data = tmp_path_factory.mktemp(request.param)
    with serving(root, data) as address:
        yield Blog(Folder.read(root), address)


class Blog:
    """A folder and where it is served."""

    def __init__(self, folder: Folder, address: str) -> None:
        self.folder = folder
        self.address = address

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.address, timeout=60)


async def test_every_file_is_an_entry(blog: Blog) -> None:
    """No file of these blogs is bad: as many posts and pages as Markdown files, none silently missing."""
    files = [each for each in blog.folder.root.rglob("*") if each.suffix in MARKDOWN]
    async with blog.client() as client:
        counts = await _ask(client, "{ posts { totalCount } pages { totalCount } }")
    assert counts["posts"]["totalCount"] + counts["pages"]["totalCount"] == len(files)


async def test_no_link_or_image_breaks_that_was_sound(blog: Blog) -> None:
    """On fifty pages every internal link and image that the source could resolve is answered."""
    async with blog.client() as client:
        pages = Random(2026).sample(await _addresses(client, "posts"), SAMPLE)
        findings = await crawl(client, pages)
    assert findings.pages == SAMPLE
    assert findings.followed > 2 * SAMPLE
    sound = [each for each in findings.broken if blog.folder.had(urlsplit(each[1]).path)]
    assert sound == []


async def test_old_addresses_lead_to_the_entries(blog: Blog) -> None:
    """Every alias and declared path of a sample answers, by a redirect or by itself."""
    declared = sorted(
        each for each in blog.folder.addresses if re.match(r"(inside-rust/)?20\d\d/|releases/", each)
    )
    if not declared:
        pytest.skip("this blog declares no addresses of its own")
    async with blog.client() as client:
        for path in Random(2026).sample(declared, SAMPLE):
            answer = await client.get(f"/{path}", follow_redirects=True)
            assert answer.status_code == 200, path
            assert answer.history, f"{path} was not redirected"


async def test_feeds_are_valid(blog: Blog) -> None:
    """RSS, Atom and JSON Feed have what their specifications demand, with absolute, unique identities."""
    async with blog.client() as client:
        for path in ("/feed.xml", "/atom.xml"):
            feed = feedparser.parse((await client.get(path)).content)
            assert not feed.bozo, feed.get("bozo_exception")
            assert feed.version in ("rss20", "atom10")
            assert feed.feed.title
            assert len({entry.id for entry in feed.entries}) == len(feed.entries) >= 10
            assert all(entry.link.startswith("http") and entry.title for entry in feed.entries)
            assert all(entry.get("published_parsed") or entry.get("updated_parsed") for entry in feed.entries)
        answer = await client.get("/feed.json")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert all(item["id"] and ("content_html" in item or "content_text" in item) for item in feed["items"])


async def test_the_sitemap_lists_every_entry_with_an_address(blog: Blog) -> None:
    """Each post's address is in the sitemap once."""
    async with blog.client() as client:
        posts = await _addresses(client, "posts")
        sitemap = ET.fromstring((await client.get("/sitemap.xml")).content)
    listed = [urlsplit(each.text or "").path for each in sitemap.iter(f"{SITEMAP}loc")]
    assert len(listed) == len(set(listed))
    assert set(posts) <= set(listed)


def test_the_draft_is_imported_and_its_missing_image_is_told(shared: Path, tmp_path: Path) -> None:
    """The seed is one post; its featured image is not there, which is reported and keeps nothing back."""
    with serving(shared / "seed", tmp_path) as address:
        answer = httpx.get(f"{address}/posts/building-our-platform", timeout=60)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1


@contextmanager
def serving(folder: Path, data: Path) -> Iterator[str]:
    """`masthead up` on `folder` until the block ends; yields the site's address once it is ready."""
    up = Up(folder, "--data", str(data), log=data / "up.log")
    try:
        yield up.wait_until_ready().address
    finally:
        up.stop()


async def _ask(client: httpx.AsyncClient, query: str, **variables: object) -> dict[str, dict[str, object]]:
    answer = await client.post("/graphql", json={"query": query, "variables": variables})
    body = json.loads(answer.content)
    assert "errors" not in body, body
    return body["data"]


async def _addresses(client: httpx.AsyncClient, field: str) -> list[str]:
    """Every entry's path, walked page by page."""
    page_info = "pageInfo { hasNextPage endCursor }"
    query = (
        f"query($after: String) {{ {field}(first: 500, after: $after) {{ nodes {{ path }} {page_info} }} }}"
    )
    found: list[str] = []
    after = None
    while True:
        page = (await _ask(client, query, after=after))[field]
        found += [node["path"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]
