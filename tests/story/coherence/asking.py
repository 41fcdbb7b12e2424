"""How the processes with caches are asked for the version of a page: each kind in its own way."""

import asyncio
from typing import Protocol
from uuid import UUID

import httpx

PATIENCE = 60
"""Seconds after which a process that does not answer never will."""


class AskedInVainError(Exception):
    """The process has no answer just now: its database is away."""


class Asker(Protocol):
    """One connection to a process."""

    async def begin(self) -> None:
        """Wait for a process that has just been started."""

    async def ask(self, entry: UUID) -> tuple[int, bool]:
        """The version, and whether it is known to be from memory. Raises AskedInVainError."""

    async def close(self) -> None:
        """Ask no more."""


class LineAsker:
    """Of `cache_process`, which can do all it does when it listens."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def begin(self) -> None:
        """There is nothing to wait for."""

    async def ask(self, entry: UUID) -> tuple[int, bool]:
        """A line for a line."""
        self._writer.write(f"{entry}\n".encode())
        said = (await asyncio.wait_for(self._reader.readline(), PATIENCE)).decode().split()
        if said[0] == "error":
            raise AskedInVainError(said[1])
        return int(said[0]), said[1] == "memory"

    async def close(self) -> None:
        """At once."""
        self._writer.transport.abort()


class ApiAsker:
    """Of an API process, over REST. Where an answer is from is told by its metrics, not by itself."""

    def __init__(self, port: int) -> None:
        self._client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE)

    async def begin(self) -> None:
        """It listens before it has its database."""
        await self._client.get("/healthz")

    async def ask(self, entry: UUID) -> tuple[int, bool]:
        """The page's title."""
        try:
            answer = await self._client.get(f"/api/pages/{entry}", params={"fields": "title"})
        except httpx.TransportError as error:
            raise AskedInVainError(type(error).__name__) from error
        if answer.status_code >= 500:
            raise AskedInVainError(str(answer.status_code))
        return int(answer.raise_for_status().json()["title"]), False

    async def close(self) -> None:
        """When what is asked is answered."""
        await self._client.aclose()


async def hits(port: int) -> int:
    """How many answers an API process gave from memory."""
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        text = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
    return sum(
        int(float(line.rpartition(" ")[2]))
        for line in text.splitlines()
        if line.startswith("masthead_answer_cache_requests") and 'outcome="hit"' in line
    )
