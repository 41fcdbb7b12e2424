"""No folder is listed: to ask for one is to ask for what is not there."""

from pathlib import Path

import httpx
import pytest
from tests.contract.http.test_assets import DIGEST, add_asset

from masthead.store import Database

FOLDERS = (
    *("/assets", "/assets/", f"/assets/{DIGEST[:2]}", f"/assets/{DIGEST[:2]}/", f"/assets/{DIGEST[:16]}"),
    *(f"/assets/{DIGEST[:16]}/", "/_next", "/_next/", "/_next/static/", "/_fonts/", "/_islands/"),
    *("/explorer", "/explorer/", "/-", "/-/", "/.git/", "/content/", "/data/"),
)


@pytest.mark.parametrize("path", FOLDERS)
async def test_a_folder_is_not_there(
    client: httpx.AsyncClient, database: Database, tmp_path: Path, path: str
) -> None:
    """Though there is a file in it, which is served by its whole name."""
    file = await add_asset(database, tmp_path, "a.png", "image/png")
    assert (await client.get(file)).status_code == 200
    answer = await client.get(path, follow_redirects=True)
    assert answer.status_code == 404
    assert not {name for name in ("a.png", DIGEST, "restarts.json") if name in answer.text}
