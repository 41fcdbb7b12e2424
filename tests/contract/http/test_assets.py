"""Files: public or not there, kept for good, harmless when opened."""

from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from tests.contract.http.conftest import add_entry

from masthead.model import default_model
from masthead.store import Database

BYTES = bytes(range(256)) * 4
DIGEST = sha256(BYTES).hexdigest()


async def add_asset(database: Database, tmp_path: Path, filename: str, media_type: str) -> str:
    """A public file; its path."""
    path = f"/assets/{DIGEST[:16]}/{filename}"
    entry = await add_entry(database, "Asset", path)
    async with database.transaction() as transaction:
        await transaction.execute(
            f'INSERT INTO live."{default_model()["Asset"].table}"'
            " (id, path, created_at, updated_at, published_at, filename, media_type, size, digest)"
            " VALUES ($1, $2, now(), now(), now(), $3, $4, $5, $6)",
            entry,
            path,
            filename,
            media_type,
            len(BYTES),
            DIGEST,
        )
    file = tmp_path / "assets" / DIGEST[:2] / DIGEST
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(BYTES)
    return path


async def test_an_image_is_kept_for_good(
    client: httpx.AsyncClient, database: Database, tmp_path: Path
) -> None:
    """Its address names its content; who has it gets 304."""
    path = await add_asset(database, tmp_path, "a b.png", "image/png")
    answer = await client.get(path)
    assert (answer.status_code, answer.content) == (200, BYTES)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    known = await client.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    head = await client.head(path)
    assert (head.headers["content-length"], head.content) == ("1024", b"")


@pytest.mark.parametrize(
    ("asked", "status", "length"), [("bytes=0-9", 206, 10), ("bytes=-24", 206, 24), ("bytes=9000-", 416, 0)]
)
async def test_parts_of_a_file(
    client: httpx.AsyncClient, database: Database, tmp_path: Path, asked: str, status: int, length: int
) -> None:
    """Players seek with Range."""
    path = await add_asset(database, tmp_path, "a.mp4", "video/mp4")
    answer = await client.get(path, headers={"range": asked})
    assert (answer.status_code, len(answer.content)) == (status, length)


async def test_an_svg_cannot_run_script(
    client: httpx.AsyncClient, database: Database, tmp_path: Path
) -> None:
    """Opened by itself it is in a sandbox; so is everything that is not a raster image."""
    path = await add_asset(database, tmp_path, "a.svg", "image/svg+xml")
    headers = (await client.get(path)).headers
    assert headers["content-security-policy"] == (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert "content-disposition" not in headers


async def test_what_is_no_medium_is_a_download(
    client: httpx.AsyncClient, database: Database, tmp_path: Path
) -> None:
    """An HTML file that somebody uploaded is saved, not opened."""
    path = await add_asset(database, tmp_path, "über.html", "text/html")
    headers = (await client.get(path)).headers
    assert headers["content-disposition"] == "attachment; filename*=utf-8''%C3%BCber.html"
    assert "sandbox" in headers["content-security-policy"]


async def test_a_file_that_is_not_public_is_not_there(client: httpx.AsyncClient, tmp_path: Path) -> None:
    """The bytes of a draft's image lie in the folder, and its address is 404."""
    file = tmp_path / "assets" / DIGEST[:2] / DIGEST
    file.parent.mkdir(parents=True)
    file.write_bytes(BYTES)
    assert (await client.get(f"/assets/{DIGEST[:16]}/a.png")).status_code == 404


@pytest.mark.parametrize(
    "path", ["/assets/../restarts.json", "/assets/%2e%2e/restarts.json", "/assets/a/../../x"]
)
async def test_no_path_leaves_the_folder(client: httpx.AsyncClient, path: str) -> None:
    """A file is found by the digest that the database gives, never by what a client writes."""
    assert (await client.get(f"http://masthead.test{path}")).status_code == 404


@pytest.mark.parametrize("path", ["/assets/%00", "/assets/a%00.png", "/assets/" + "a" * 2000])
async def test_an_address_that_no_file_can_have(client: httpx.AsyncClient, path: str) -> None:
    """404, and PostgreSQL, which knows no NUL, is not asked. Found by the fuzz of tests/story."""
    answer = await client.get(path)
    assert (answer.status_code, answer.text) == (404, "There is no such file.\n")
