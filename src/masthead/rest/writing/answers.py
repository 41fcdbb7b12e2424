"""What a command is answered with: the entry as a draft, and what was told of it."""

from typing import Any
from uuid import UUID

import orjson

from masthead.access import Viewer
from masthead.content.commands import Outcome
from masthead.content.spelling import Told
from masthead.kernel import NotFoundError
from masthead.rest.address import ROOT
from masthead.rest.reply import JSON, Header, Reply
from masthead.rest.resource import Resource
from masthead.rest.service import Rest

_PLAIN: Header = (b"content-type", JSON.encode())


class Answers:
    """Answers over the drafts of one publication."""

    def __init__(self, drafts: Rest, told: Told) -> None:
        self._drafts = drafts
        self._told = told

    async def entry(self, resource: Resource, outcome: Outcome, viewer: Viewer, status: int) -> Reply:
        """What became of one entry, whose head is the ETag."""
        changes = self._changes(outcome)
        first = changes[0]
        path = address_of(resource, first["id"])
        headers = [_PLAIN, (b"etag", f'"{first["revision"]}"'.encode())]
        if status == 201:
            headers.append((b"location", f"{path}?stage=draft".encode()))
        data = await self._draft(path, viewer)
        body = {"data": data, **first, **self._common(outcome), "entries": changes}
        return Reply(status, orjson.dumps(body, default=str), headers)

    async def entries(self, outcome: Outcome) -> Reply:
        """What became of several."""
        body = {"entries": self._changes(outcome), **self._common(outcome)}
        return Reply(200, orjson.dumps(body, default=str), [_PLAIN])

    async def release(self, outcome: Outcome, data: bytes, status: int) -> Reply:
        """What became of a release, which `data` shows."""
        body = {
            "data": orjson.Fragment(data),
            "entries": self._changes(outcome),
            **self._common(outcome),
        }
        headers = [_PLAIN]
        if status == 201:
            headers.append((b"location", f"{ROOT}/releases/{outcome.release}".encode()))
        return Reply(status, orjson.dumps(body, default=str), headers)

    def _changes(self, outcome: Outcome) -> list[dict[str, Any]]:
        return [self._told.changed(each) for each in outcome.entries]

    def _common(self, outcome: Outcome) -> dict[str, Any]:
        return {
            "schedule": None if outcome.schedule is None else str(outcome.schedule),
            "isRepeated": outcome.is_repeated,
            "detail": dict(outcome.detail),
        }

    async def _draft(self, path: str, viewer: Viewer) -> Any:
        """None where it is in no stage, or may not be seen."""
        try:
            return orjson.Fragment((await self._drafts.get(path, b"", viewer)).body)
        except NotFoundError:
            return None


def json_reply(value: Any) -> Reply:
    """What was asked for."""
    return Reply(200, orjson.dumps(value, default=str), [_PLAIN])


def address_of(resource: Resource, entry: UUID | str) -> str:
    """Where an entry is."""
    return f"{ROOT}/{resource.name}" + ("" if resource.type.is_singleton else f"/{entry}")
