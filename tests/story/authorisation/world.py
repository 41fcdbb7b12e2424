"""A publication with people in it, asked as each of them; and entries in every state."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from tests.store.content.folders import PIXEL, bring_in, write
from tests.store.people.people_rows import PASSWORD, join
from tests.story.authorisation.row import Ask, Row

from masthead.model import camel_case, default_model
from masthead.people import People
from masthead.roles.api.application import Application
from masthead.store import Database

SITE = "https://masthead.test"

FIELDS: dict[str, dict[str, Any]] = {
    "Post": {"title": "Hello", "date": "2024-01-05T00:00:00Z", "body": "Text."},
    "Page": {"title": "Hello", "body": "Text."},
    "Author": {"name": "Ada"},
    "Tag": {"name": "News"},
    "Site": {"title": "Notes", "baseUrl": "https://example.org"},
}
"""Whole entries of each type of the default publication."""

CHANGE = {"Asset": {"alt": "A pixel"}}
"""What can be changed of a type whose first field cannot."""


@dataclass(slots=True)
class Entry:
    """An entry and its head."""

    id: str
    head: str
    type: str

    @property
    def path(self) -> str:
        """Its address in the API."""
        return (
            address(self.type)
            if default_model()[self.type].is_singleton
            else f"{address(self.type)}/{self.id}"
        )

    @property
    def at(self) -> dict[str, str]:
        """As mutations name it."""
        return {"id": self.id, "base": self.head}

    @property
    def based(self) -> dict[str, str]:
        """The header that says on which revision a change is based."""
        return {"if-match": f'"{self.head}"'}


def address(type_name: str) -> str:
    """The address of a type."""
    content_type = default_model()[type_name]
    name = content_type.api_name if content_type.is_singleton else camel_case(content_type.plural)
    return f"/api/{name}"


class World:
    """An owner, and a guest: somebody with an account and no role."""

    def __init__(self, application: Application, people: People, database: Database, folder: Path) -> None:
        self._application = application
        self._people = people
        self._database = database
        self._folder = folder
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._tokens: dict[str, str] = {}

    async def open(self) -> "World":
        """Everybody signs in."""
        for name, roles in (("owner", ("owner",)), ("guest", ())):
            await join(self._people, f"{name}@example.org", *roles)
            client = self._client()
            given = {"email": f"{name}@example.org", "password": PASSWORD}
            assert (await client.post("/api/session", json=given)).status_code == 200
            scopes = ["read", "create", "change", "publish", "delete"]
            scopes += ["administer"] * (name == "owner")
            made = await client.post("/api/tokens", json={"name": "test", "scopes": scopes})
            assert made.status_code == 201, made.text
            self._clients[name], self._tokens[name] = client, made.json()["text"]
        return self

    async def close(self) -> None:
        """Let go of the clients."""
        for each in self._clients.values():
            await each.aclose()

    def _client(self, **headers: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self._application.asgi, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=SITE, headers={"origin": SITE, **headers})

    async def ask(self, row: Row, ask: Ask, who: str | None) -> httpx.Response:
        """The answer that `who` gets: by token, or by session where no token will do."""
        given = {"json": ask.json, "data": ask.data, "headers": dict(ask.headers)}
        if who is not None and row.is_session:
            return await self._clients[who].request(row.method, ask.path, **given)
        async with self._client() as client:
            if who is not None:
                given["headers"]["authorization"] = f"Bearer {self._tokens[who]}"
            return await client.request(row.method, ask.path, **given)

    async def owner(self, method: str, path: str, json: Any = None, **headers: str) -> Any:
        """What an owner is answered, in whose session it is done."""
        reply = await self._clients["owner"].request(method, path, json=json, headers=headers)
        assert reply.is_success, reply.text
        return reply.json() if reply.content else None

    async def draft(self, type_name: str) -> Entry:
        """An entry that is no more than a draft; of an asset, one that was public."""
        if type_name == "Asset":
            return await self.unpublished(await self.asset())
        made = await self.owner("POST", address(type_name), FIELDS[type_name])
        return Entry(made["id"], made["revision"], type_name)

    async def public(self, type_name: str) -> Entry:
        """A public entry."""
        if type_name == "Asset":
            return await self.asset()
        return await self.act(await self.draft(type_name), "publish")

    async def archived(self, type_name: str) -> Entry:
        """An entry that is archived."""
        entry = await self.draft(type_name)
        await self.owner("DELETE", f"{entry.path}?base={entry.head}")
        return entry

    async def unpublished(self, entry: Entry) -> Entry:
        """The entry, taken out of what is public."""
        return await self.act(entry, "unpublish")

    async def act(self, entry: Entry, action: str) -> Entry:
        """The entry after an action."""
        done = await self.owner("POST", f"{entry.path}/{action}", {"base": entry.head})
        return Entry(done["id"], done["revision"], entry.type)

    async def asset(self) -> Entry:
        """A picture, which only an import or an upload makes."""
        post = "---\ntitle: Pictures\ndate: 2024-01-05\n---\n![A pixel](pixel.png)\n"
        folder = write(self._folder / "notes", {"posts/pictures.md": post, "posts/pixel.png": PIXEL})
        await bring_in(self._database, folder)
        picture = (await self.owner("GET", "/api/posts/pictures?stage=draft"))["entry"]
        posts = await self.owner("GET", "/api/posts?stage=draft&fields=id")
        await self.owner("DELETE", f"/api/posts/{posts['data'][0]['id']}?base={picture['revision']}")
        (found,) = await self._rows(
            "SELECT id, head FROM masthead.entry WHERE type = $1", default_model()["Asset"].identity
        )
        entry = Entry(str(found["id"]), str(found["head"]), "Asset")
        return await self.act(entry, "publish")

    async def release(self) -> str:
        """The id of an open release with one change."""
        entry = await self.draft("Tag")
        made = await self.owner("POST", "/api/releases", {"name": "Spring", "items": [{"entry": entry.id}]})
        return str(made["data"]["id"])

    async def account(self) -> str:
        """The id of somebody else's account."""
        given = {"email": "carol@example.org", "name": "Carol"}
        return str((await self.owner("POST", "/api/accounts", given))["id"])

    async def group(self) -> str:
        """The id of a group."""
        return str((await self.owner("POST", "/api/groups", {"name": "press"}))["id"])

    async def delivery(self, webhook: str) -> str:
        """The id of something that a webhook was sent."""
        (found,) = await self._rows(
            "INSERT INTO masthead.webhook_delivery (id, endpoint_id, lane, position, event_id, type, body, "
            "state, due_at, created_at) VALUES (gen_random_uuid(), $1, $1, 1, gen_random_uuid(), 'test', "
            "'{}', 'done', now(), now()) RETURNING id",
            UUID(webhook),
        )
        return str(found["id"])

    async def _rows(self, sql: str, *arguments: Any) -> list[dict[str, Any]]:
        async with self._database.transaction() as transaction:
            return await transaction.fetch(sql, *arguments)

    def id_of(self, found: Any) -> UUID:
        """An id in an answer."""
        return UUID(found["id"])
