"""What a publication that is up answers: the real site, from a folder of files."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.story.conftest import Up, write_publication

from masthead.roles.places import find_site


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    """One for all these stories: they only read."""
    if find_site(None) is None:
        pytest.fail("The site is not built: run `make install`.")
    with tempfile.TemporaryDirectory(prefix="masthead-story-") as folder:
        running = Up(write_publication(Path(folder) / "publication"))
        try:
            yield running.wait_until_ready()
        finally:
            running.stop()


@pytest.fixture
def client(up: Up) -> Iterator[httpx.Client]:
    """HTTP against it."""
    with up.client() as opened:
        yield opened


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "The first post"),
        ("/posts/first", "The first post"),
        ("/archive", "Moved here"),
        ("/feed.xml", "https://small.example/posts/first"),
        ("/atom.xml", "Small talk"),
        ("/feed.json", "The first post"),
        ("/sitemap.xml", "https://small.example/posts/first"),
        ("/robots.txt", "https://small.example/sitemap.xml"),
        ("/llms.txt", "The first post"),
        ("/posts/first.md", "Hello."),
    ],
)
def test_every_address_of_the_site(client: httpx.Client, path: str, words: str) -> None:
    """Pages, feeds and texts: 200, revalidated, from memory the second time."""
    first = client.get(path)
    assert first.status_code == 200
    assert words in first.text
    assert first.headers["cache-control"] == "no-cache"
    assert client.get(path, headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_graphql_answers(client: httpx.Client) -> None:
    """Posts with what they refer to; a draft is not there."""
    query = '{ posts { totalCount nodes { title path } } post(slug: "secret") { title } }'
    assert client.post("/graphql", json={"query": query}).json() == {
        "data": {
            "posts": {
                "totalCount": 2,
                "nodes": [
                    {"title": "Moved here", "path": "/posts/moved"},
                    {"title": "The first post", "path": "/posts/first"},
                ],
            },
            "post": None,
        }
    }


def test_an_image_of_a_post_is_served(client: httpx.Client) -> None:
    """Under its digest, for good."""
    query = "{ assets { nodes { url filename } } }"
    (asset,) = client.post("/graphql", json={"query": query}).json()["data"]["assets"]["nodes"]
    assert asset["filename"] == "dot.png"
    assert asset["url"] in client.get("/posts/first").text
    answer = client.get(asset["url"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/posts/secret", "/posts/secret.md"])
def test_a_draft_is_nowhere(client: httpx.Client, path: str) -> None:
    """404, and not a word of it in the feeds."""
    assert client.get(path).status_code == 404
    for feed in ("/", "/feed.xml", "/sitemap.xml", "/llms.txt"):
        assert "Not yet" not in client.get(feed).text


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/old/place.html", 301, "/posts/moved"),
        ("/posts/first/", 301, "/posts/first"),
        ("/posts/first.html", 301, "/posts/first"),
        ("/archive/", 308, "/archive"),
    ],
)
def test_old_addresses_lead_on(client: httpx.Client, path: str, status: int, location: str) -> None:
    """Aliases, trailing slashes, .html."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (status, location)


def test_what_a_page_refers_to_is_there(client: httpx.Client) -> None:
    """Scripts, styles and fonts come from disk, for good, and encoded."""
    html = client.get("/posts/first").text
    files = set(re.findall(r'"(/_(?:next/static|fonts|islands)/[^"]+)"', html))
    assert len(files) >= 3
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200, file
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_ready_and_measured(client: httpx.Client) -> None:
    """Every part answers; a kept page sends no statement."""
    assert client.get("/readyz").json()["parts"] == {"database": "ok", "model": "ok", "site": "ok"}
    client.get("/")
    before = client.get("/metrics").text
    client.get("/")
    after = client.get("/metrics").text
    assert _value(after, 'requests_total{route="page",status="200"}') == 1 + _value(
        before, 'requests_total{route="page",status="200"}'
    )
    assert _value(after, 'sql_statements_total{route="graphql"}') == _value(
        before, 'sql_statements_total{route="graphql"}'
    )


def test_each_request_is_a_line(up: Up, client: httpx.Client) -> None:
    """JSON, with what it cost; no secret among it."""
    answer = client.post("/graphql", json={"query": "{ site { title } }"})
    line = up.wait_for_line(request=answer.headers["x-request-id"])
    assert (line["method"], line["path"], line["status"], line["sql"]) == ("POST", "/graphql", 200, 1)


def _value(metrics: str, name: str) -> float:
    return next(
        (float(line.split()[-1]) for line in metrics.splitlines() if line.startswith(f"masthead_{name}")), 0
    )
