"""Writers over HTTP that insist: each write has a key and is sent until it is answered."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class ApiWriter:
    """One post, saved again and again. `acknowledged` are the revisions that it was told of, in order."""

    client: httpx.AsyncClient
    number: int
    entry: str = ""
    acknowledged: list[str] = field(default_factory=list)

    async def run(self, over: asyncio.Event) -> None:
        """Until it is over; what was begun is brought to its end."""
        fields = {"title": f"Writer {self.number}", "date": "2026-01-05T00:00:00Z", "body": "Text."}
        made = await self._insist("POST", "/api/posts", fields)
        self.entry = made["id"]
        while not over.is_set():
            base = self.acknowledged[-1]
            turn = f"Turn {len(self.acknowledged)}"
            await self._insist("PATCH", f"/api/posts/{self.entry}?base={base}", {"title": turn})

    async def _insist(self, method: str, path: str, fields: dict[str, str]) -> dict[str, Any]:
        headers = {"idempotency-key": f"{self.number}-{len(self.acknowledged)}"}
        while True:
            try:
                reply = await self.client.request(method, path, json=fields, headers=headers)
            except httpx.TransportError:
                reply = None
            if reply is not None and reply.is_success:
                found: dict[str, Any] = reply.json()
                self.acknowledged.append(found["revision"])
                return found
            # Killed, or without its database: nothing else may be wrong.
            assert reply is None or reply.status_code >= 500, reply.text
            await asyncio.sleep(0.1)
