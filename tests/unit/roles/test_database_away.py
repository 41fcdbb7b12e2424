"""What needs the database and does not get it is 503 and comes back, with nothing of what is inside."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from masthead.kernel import UnavailableError
from masthead.roles.api.access import Note
from masthead.roles.api.assets import Assets
from masthead.roles.api.routes import find_route
from masthead.store import Reader


class _Cut:
    """A connection that is reset."""

    async def fetchval(self, sql: str, *arguments: Any) -> Any:
        """Never."""
        raise ConnectionResetError(sql)

    async def fetch(self, sql: str, *arguments: Any) -> list[Any]:
        """Never."""
        raise ConnectionResetError(sql)


class _Fresh:
    """Nothing is out of date."""

    def is_fresh(self) -> bool:
        """Always."""
        return True

    async def ensure(self) -> bool:
        """Always."""
        return True

    async def knows_all(self) -> bool:
        """Always."""
        return True


async def test_where_an_address_leads_is_unavailable_not_a_fault_of_ours() -> None:
    """So that its page is 503: a reset in the middle of the look-up once was 500."""
    with pytest.raises(UnavailableError) as raised:
        await find_route(Reader(_Cut()), ["/old"])
    assert raised.value.code == "database-unavailable"


async def test_a_file_is_503_with_a_time_to_come_back(tmp_path: Path) -> None:
    """The statement is for the log."""
    note = Note("1", "asset")
    assets = Assets(tmp_path, Reader(_Cut()), "Asset", "asset", _Fresh())
    transport = httpx.ASGITransport(_noted(assets, note))
    async with httpx.AsyncClient(transport=transport, base_url="http://masthead.test") as client:
        answer = await client.get("/assets/0123456789abcdef/a.png")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.text == "This file cannot be found just now.\n"
    assert note.error is not None
    assert note.error.code == "database-unavailable"


def _noted(app: ASGIApp, note: Note) -> ASGIApp:
    async def noted(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "masthead.note": note}, receive, send)

    return noted
