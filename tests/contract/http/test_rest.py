"""REST over HTTP: what stands around the answers of the service."""

from uuid import UUID

import httpx
import pytest
from tests.store.query.large_publication import fill_publication

from masthead.store import Database

JSON = "application/json"
PROBLEM = "application/problem+json"


@pytest.fixture
async def filled(database: Database) -> None:
    """3,000 posts, 200 authors, 200 tags."""
    await fill_publication(database)


async def test_an_entry_by_its_slug_and_by_its_id(client: httpx.AsyncClient, filled: None) -> None:
    """The rest of the path is a slug, or an id."""
    by_slug = await client.get("/api/posts/post-7")
    assert (by_slug.status_code, by_slug.headers["content-type"]) == (200, JSON)
    found = by_slug.json()
    assert found["title"] == "Post 7"
    assert found["body"] == {
        "source": "s",
        "html": "h",
        "text": "t",
        "excerpt": "e",
        "toc": [],
        "readingTime": 1,
    }
    by_id = await client.get(f"/api/posts/{found['id']}")
    assert by_id.json() == found
    assert (await client.get(f"/api/posts/{found['id'].upper()}")).json() == found


async def test_slugs_may_have_slashes(client: httpx.AsyncClient, database: Database, filled: None) -> None:
    """Encoded or not."""
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE live.post SET slug = 'release/v4.2.4' WHERE slug = 'post-7'")
    for path in ("release/v4.2.4", "release%2Fv4.2.4"):
        assert (await client.get(f"/api/posts/{path}")).json()["title"] == "Post 7"


async def test_a_slug_may_look_like_an_id(
    client: httpx.AsyncClient, database: Database, filled: None
) -> None:
    """It is looked for as an id first, then as a slug, in the one statement."""
    slug = str(UUID(int=7))
    async with database.transaction() as transaction:
        await transaction.execute("UPDATE live.post SET slug = $1 WHERE slug = 'post-7'", slug)
    assert (await client.get(f"/api/posts/{slug}")).json()["title"] == "Post 7"


async def test_a_list_links_to_its_neighbours(client: httpx.AsyncClient, filled: None) -> None:
    """RFC 8288: the links are whole, with every other parameter as it was sent."""
    first = await client.get("/api/tags", params={"page[size]": "2", "fields": "name", "sort": "name"})
    assert [each["name"] for each in first.json()["data"]] == ["Tag 1", "Tag 10"]
    assert set(first.links) == {"next"}
    second = await client.get(first.links["next"]["url"])
    assert [each["name"] for each in second.json()["data"]] == ["Tag 100", "Tag 101"]
    assert second.json()["page"]["next"] in second.links["next"]["url"]
    assert set(second.links) == {"next", "prev"}
    again = await client.get(second.links["prev"]["url"])
    assert again.json()["data"] == first.json()["data"]


async def test_what_a_client_has_is_not_sent_again(client: httpx.AsyncClient, filled: None) -> None:
    """The ETag is a digest of the bytes; it goes with the encoding."""
    found = await client.get("/api/posts", headers={"accept-encoding": "identity"})
    etag = found.headers["etag"]
    assert found.headers["cache-control"] == "public, max-age=0, must-revalidate"
    for known in (etag, f'"other", W/{etag}', "*"):
        again = await client.get(
            "/api/posts", headers={"accept-encoding": "identity", "if-none-match": known}
        )
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
        assert again.headers["link"] == found.headers["link"]
    other = await client.get("/api/posts", headers={"if-none-match": '"other"'})
    assert other.status_code == 200
    encoded = await client.get("/api/posts", headers={"accept-encoding": "gzip"})
    assert (encoded.headers["content-encoding"], encoded.json()) == ("gzip", found.json())
    assert encoded.headers["etag"] != etag
    kept = await client.get(
        "/api/posts", headers={"accept-encoding": "gzip", "if-none-match": encoded.headers["etag"]}
    )
    assert kept.status_code == 304


@pytest.mark.parametrize("path", ["/api", "/api/openapi.json", "/api/posts", "/api/posts/post-1", "/api/x"])
async def test_head_is_get_without_a_body(client: httpx.AsyncClient, filled: None, path: str) -> None:
    """The same status and headers (RFC 9110, section 9.3.2)."""
    get, head = await client.get(path), await client.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert {**head.headers, "x-request-id": ""} == {**get.headers, "x-request-id": ""}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/api", "GET, HEAD"), ("/api/posts", "GET, HEAD, POST"), ("/api/bulk", "POST")],
)
async def test_other_methods_are_refused(
    client: httpx.AsyncClient, method: str, path: str, allowed: str
) -> None:
    """405 says what is possible."""
    refused = await client.request(method, path)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
    assert refused.json()["code"] == "method-not-allowed"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("", 200),
        ("*/*", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("application/*", 200),
        ("application/json;q=0.1", 200),
        ("text/html", 406),
        ("application/json;q=0", 406),
        ("application/vnd.api+json", 406),
    ],
)
async def test_the_answer_is_json(client: httpx.AsyncClient, accept: str, status: int) -> None:
    """A client that does not take it is told so."""
    assert (await client.get("/api", headers={"accept": accept})).status_code == status


async def test_the_index_says_what_there_is(client: httpx.AsyncClient) -> None:
    """Each with its address, which answers."""
    found = (await client.get("/api")).json()
    assert [each["href"] for each in found["collections"]] == [
        "/api/posts",
        "/api/pages",
        "/api/authors",
        "/api/tags",
        "/api/assets",
    ]
    assert [each["href"] for each in found["singletons"]] == ["/api/site"]
    for each in [*(each["href"] for each in found["collections"]), found["openapi"]]:
        assert (await client.get(each)).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "code", "parameter"),
    [
        ("/api/nothing", 404, "address-unknown", None),
        ("/api/posts/", 404, "address-unknown", None),
        ("/api/site/x", 404, "address-unknown", None),
        ("/api/site", 404, "entry-missing", None),
        ("/api/posts/no-such", 404, "entry-missing", None),
        ("/api/posts/no%0Asuch", 404, "entry-missing", None),
        ("/api/posts/00000000-0000-0000-0000-000000000000", 404, "entry-missing", None),
        ("/api/assets/no-id", 400, "id-invalid", "idOrSlug"),
        ("/api/posts/%00", 400, "text-invalid", "idOrSlug"),
        ("/api?x=1", 400, "parameter-unknown", "x"),
        ("/api/posts?x=1", 400, "parameter-unknown", "x"),
        ("/api/posts/a?sort=title", 400, "parameter-unknown", "sort"),
        ("/api/posts?sort=title&sort=date", 400, "parameter-repeated", "sort"),
        ("/api/posts?fields=title&fields[posts]=slug", 400, "parameter-repeated", "fields"),
        ("/api/posts?fields[tags]=name", 400, "parameter-without-effect", "fields[tags]"),
        ("/api/posts?fields[things]=name", 400, "parameter-unknown", "fields[things]"),
        ("/api/posts?fields=", 400, "field-unknown", "fields"),
        ("/api/posts?fields=titel", 400, "field-unknown", "fields"),
        ("/api/posts?fields=title.html", 400, "field-unknown", "fields"),
        ("/api/posts?fields=body.htm", 400, "field-unknown", "fields"),
        ("/api/authors?fields=posts", 400, "field-unknown", "fields"),
        ("/api/posts?include=title", 400, "include-unknown", "include"),
        ("/api/posts?include=authors.titel", 400, "include-unknown", "include"),
        ("/api/posts?include=tags.posts.tags.posts", 400, "limit-exceeded", "include"),
        ("/api/posts?sort=body", 400, "sort-unknown", "sort"),
        ("/api/posts?sort=tags.name", 400, "sort-unknown", "sort"),
        ("/api/posts?sort=title,-title", 400, "sort-unknown", "sort"),
        ("/api/posts?page[size]=501", 400, "limit-exceeded", "page[size]"),
        ("/api/posts?page[size]=-1", 400, "value-invalid", "page[size]"),
        ("/api/posts?page[size]=9999999999", 400, "value-invalid", "page[size]"),
        ("/api/posts?page[total]=yes", 400, "value-invalid", "page[total]"),
        ("/api/posts?page[after]=nonsense", 400, "cursor-invalid", "page[after]"),
        ("/api/posts?page[before]=", 400, "cursor-invalid", "page[before]"),
        ("/api/posts?filter[titel]=x", 400, "field-unknown", "filter[titel]"),
        ("/api/posts?filter[title][like]=x", 400, "operator-unknown", "filter[title][like]"),
        ("/api/posts?filter[body]=x", 400, "operator-unknown", "filter[body]"),
        ("/api/posts?filter[tags]=x", 400, "operator-unknown", "filter[tags]"),
        ("/api/posts?filter[title.x]=x", 400, "field-unknown", "filter[title.x]"),
        ("/api/posts?filter[]=x", 400, "parameter-unknown", "filter[]"),
        ("/api/posts?filter[or][title]=x", 400, "parameter-unknown", "filter[or][title]"),
        ("/api/posts?filter=x", 400, "parameter-unknown", "filter"),
        ("/api/posts?filter[date][gte]=soon", 400, "value-invalid", "filter[date][gte]"),
        ("/api/posts?filter[id]=x", 400, "id-invalid", "filter[id]"),
        ("/api/posts?filter[title]=%00", 400, "text-invalid", "filter[title]"),
        ("/api/posts?filter[updated][isNull]=maybe", 400, "value-invalid", "filter[updated][isNull]"),
        ("/api/posts?filter[slug][in]=a%5C", 400, "value-invalid", "filter[slug][in]"),
        ("/api/posts?filter[title]=%ff", 400, "query-invalid", "filter[title]"),
        ("/api/posts?%ff=1", 400, "query-invalid", None),
        ("/api/posts?filter[title]=" + "x" * 8200, 414, "query-too-long", None),
    ],
)
async def test_problems(
    client: httpx.AsyncClient, path: str, status: int, code: str, parameter: str | None
) -> None:
    """What is not understood is refused by name, with a remedy; nothing is ignored."""
    refused = await client.get(path)
    assert (refused.status_code, refused.headers["content-type"]) == (status, PROBLEM), refused.text
    found = refused.json()
    assert (found["status"], found["code"], found.get("parameter")) == (status, code, parameter)
    assert found["type"] == f"urn:problem-type:masthead:{code}"
    assert found["title"]
    assert found["detail"]
    assert found["remedy"]
    assert refused.headers["cache-control"] == "no-store"


async def test_the_page_to_try_it_on(client: httpx.AsyncClient) -> None:
    """Or, where nothing was built, how to build it."""
    page = await client.get("/api/docs")
    assert page.status_code in (200, 404)
    assert "html" in page.headers["content-type"] or "make install" in page.text


async def test_a_search_has_pages(client: httpx.AsyncClient, filled: None) -> None:
    """Best first, and the next page goes on behind the first."""
    asked = {"search": "post", "page[size]": "2", "fields": "id", "page[total]": "true"}
    first = await client.get("/api/posts", params=asked)
    assert (first.status_code, first.json()["total"]) == (200, 3000)
    second = await client.get(first.links["next"]["url"])
    ids = [each["id"] for page in (first, second) for each in page.json()["data"]]
    assert len(set(ids)) == 4
    none = await client.get("/api/posts", params={"search": "nothing-is-called-so"})
    assert none.json() == {"data": [], "page": {"next": None, "previous": None}}


async def test_a_cursor_belongs_to_its_order(client: httpx.AsyncClient, filled: None) -> None:
    """Under another order it would point anywhere."""
    cursor = (await client.get("/api/posts?sort=title")).json()["page"]["next"]
    refused = await client.get("/api/posts", params={"page[after]": cursor})
    assert (refused.status_code, refused.json()["code"]) == (400, "cursor-order")
    assert refused.json()["parameter"] == "page[after]"


async def test_nothing_of_the_inside_is_told(client: httpx.AsyncClient, database: Database) -> None:
    """A database that fails is a 5xx without SQL in it."""
    async with database.transaction() as transaction:
        await transaction.execute("ALTER TABLE live.post RENAME TO elsewhere")
    failed = await client.get("/api/posts")
    assert (failed.status_code, failed.json()["code"]) == (500, "database-error")
    assert "elsewhere" not in failed.text
    assert "SELECT" not in failed.text
