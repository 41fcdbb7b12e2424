"""How the processes with caches are asked for versions: each kind of reader in its own way."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import httpx

PATIENCE = 60
"""Seconds after which a process that does not answer never will."""

_HIT = 'cache;desc="hit"'
_LIST = """{ pages(first: 50, where: { title: { gte: "0" } }, orderBy: [{ title: DESC }, { id: ASC }]) {
  totalCount nodes { id title } } }"""


class AskedInVainError(Exception):
    """The process has no answer just now: its database is away."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One that is written, and where its page is."""

    id: UUID
    path: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The versions that were told, None of what is not public; and whether that came from memory."""

    versions: Mapping[UUID, int | None]
    is_kept: bool


class Asker(Protocol):
    """One connection to a process."""

    kind: str

    async def begin(self) -> None:
        """Wait for a process that has just been started."""

    async def ask(self, entries: Sequence[Entry]) -> Answered:
        """Of the first one, or of all. Raises AskedInVainError."""

    async def close(self) -> None:
        """Ask no more."""


class LineAsker:
    """Of `cache_process`, which can do all it does when it listens."""

    kind = "line"

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def begin(self) -> None:
        """There is nothing to wait for."""

    async def ask(self, entries: Sequence[Entry]) -> Answered:
        """A line for a line."""
        self._writer.write(f"{entries[0].id}\n".encode())
        said = (await asyncio.wait_for(self._reader.readline(), PATIENCE)).decode().split()
        if said[0] == "error":
            raise AskedInVainError(said[1])
        version = None if said[0] == "absent" else int(said[0])
        return Answered({entries[0].id: version}, said[1] == "memory")

    async def close(self) -> None:
        """At once."""
        self._writer.transport.abort()


class ApiAsker:
    """Of an API process, which says in Server-Timing what came from memory."""

    def __init__(self, port: int) -> None:
        self._client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE)

    async def begin(self) -> None:
        """It listens before it has its database."""
        await self._client.get("/healthz")

    async def close(self) -> None:
        """When what is asked is answered."""
        await self._client.aclose()

    async def get(self, path: str, **parameters: str) -> httpx.Response:
        """Raises AskedInVainError."""
        return await self._sent(self._client.build_request("GET", path, params=parameters))

    async def _post(self, document: str) -> httpx.Response:
        return await self._sent(self._client.build_request("POST", "/graphql", json={"query": document}))

    async def _sent(self, request: httpx.Request) -> httpx.Response:
        try:
            answer = await self._client.send(request)
        except httpx.TransportError as error:
            raise AskedInVainError(type(error).__name__) from error
        if answer.status_code >= 500:
            raise AskedInVainError(str(answer.status_code))
        return answer


class RestAsker(ApiAsker):
    """Over REST, for an entry by its id."""

    kind = "rest"

    async def ask(self, entries: Sequence[Entry]) -> Answered:
        """Its title."""
        answer = await self.get(f"/api/pages/{entries[0].id}", fields="title")
        is_there = answer.status_code != 404
        version = int(answer.raise_for_status().json()["title"]) if is_there else None
        return Answered({entries[0].id: version}, is_hit(answer))


class ListAsker(ApiAsker):
    """Over GraphQL, for a list that is filtered and ordered by what changes; all of them in one answer."""

    kind = "list"

    async def ask(self, entries: Sequence[Entry]) -> Answered:
        """The titles of those that are in it."""
        answer = await self._post(_LIST)
        if answer.json().get("errors"):  # with a status of 200, as GraphQL has it
            raise AskedInVainError(answer.json()["errors"][0]["extensions"]["code"])
        found: dict[str, Any] = answer.json()["data"]["pages"]
        titles = {UUID(node["id"]): int(node["title"]) for node in found["nodes"]}
        assert found["totalCount"] == len(titles)
        return Answered({each.id: titles.get(each.id) for each in entries}, is_hit(answer))


class PageAsker(ApiAsker):
    """For a page that the site's process renders, whichever."""

    kind = "page"

    async def ask(self, entries: Sequence[Entry]) -> Answered:
        """What stands in it."""
        answer = await self.get(entries[0].path)
        if answer.status_code == 404:
            return Answered({entries[0].id: None}, is_hit(answer))
        (version,) = re.findall(r"<h1[^>]*>(\d+)</h1>", answer.raise_for_status().text)
        return Answered({entries[0].id: int(version)}, is_hit(answer))


def is_hit(answer: httpx.Response) -> bool:
    """Whether it came from memory."""
    return _HIT in answer.headers["server-timing"]
