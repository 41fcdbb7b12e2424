"""Short plain answers: errors that say what is wrong and nothing of what is inside."""

from collections.abc import Mapping

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send


async def answer_plainly(
    scope: Scope,
    receive: Receive,
    send: Send,
    status: int,
    message: str,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send `message` as text; nobody may keep it."""
    response = PlainTextResponse(
        message + "\n", status_code=status, headers={"cache-control": "no-store", **(headers or {})}
    )
    await response(scope, receive, send)
