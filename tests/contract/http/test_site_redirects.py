"""What the site answers with a redirect is passed on, never followed: nothing of ours goes elsewhere."""

import httpx
import pytest
from tests.contract.http.conftest import FakeSite


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_of_the_site_is_not_followed(
    client: httpx.AsyncClient, site: FakeSite, status: int
) -> None:
    """Neither on its own port nor on another."""
    site.put("/inside", "not for readers")
    site.put("/moved", "over there", status, location=f"{site.url}/inside")
    answer = await client.get("/moved")
    assert site.asked == ["/moved"]
    assert "not for readers" not in answer.text
