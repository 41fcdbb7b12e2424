"""The history of an entry: its revisions, one of them, what differs between two."""

from uuid import UUID

from masthead.content.history import History
from masthead.content.spelling import Differences, Readable, Told, read_revision
from masthead.rest.problem import not_found, refuse
from masthead.rest.reply import Reply
from masthead.rest.resource import Resource
from masthead.rest.writing.answers import json_reply
from masthead.rest.writing.call import Call
from masthead.rest.writing.targets import Targets


class HistoryDoor:
    """Shows the history of what somebody may read; of hidden fields it tells nothing."""

    def __init__(self, history: History, targets: Targets, told: Told, readable: Readable) -> None:
        self._history = history
        self._targets = targets
        self._told = told
        self._readable = readable
        self._differences = Differences(history, told, readable)

    async def list(self, call: Call, resource: Resource, key: str) -> Reply:
        """Its revisions, the newest first, in pages."""
        call.only("before", "page[size]")
        entry = await self._entry(call, resource, key)
        before = _number(call, "before") if "before" in call.given else None
        size = _number(call, "page[size]") if "page[size]" in call.given else 50
        page = await self._history.list(entry, before=before, size=size)
        following = None if page.before is None else str(page.before)
        data = [each.to_json() for each in page.revisions]
        return json_reply({"data": data, "page": {"next": following, "previous": None}})

    async def show(self, call: Call, resource: Resource, key: str, number: str) -> Reply:
        """What the entry was in one of them."""
        call.only()
        entry = await self._entry(call, resource, key)
        found = await self._history.revision(entry, read_revision(number, "revision"))
        named = self._told.named(found.fields, call.actor.viewer, resource.type.name)
        return json_reply({"revision": found.revision.to_json(), "fields": named})

    async def diff(self, call: Call, resource: Resource, key: str) -> Reply:
        """What differs between two of them: numbers or ids."""
        call.only("from", "to")
        for name in ("from", "to"):
            if name not in call.given:
                raise refuse("parameter-missing", f"`{name}` is missing.", "Name two revisions.", name)
        entry = await self._entry(call, resource, key)
        before, after = (read_revision(call.given[name], name) for name in ("from", "to"))
        name = resource.type.name
        return json_reply(await self._differences.between(entry, name, (before, after), call.actor.viewer))

    async def _entry(self, call: Call, resource: Resource, key: str) -> UUID:
        """Raises NotFoundError for one that may not be read."""
        if resource.type.is_singleton:
            entry = await self._targets.only(resource)
        else:
            entry = await self._targets.named(resource, key, call.actor.viewer)
        if entry not in await self._readable(call.actor.viewer, resource.type.name, [entry]):
            raise not_found(resource.type.name, key)
        return entry


def _number(call: Call, name: str) -> int:
    found = read_revision(call.given[name], name)
    if not isinstance(found, int):
        raise refuse("value-invalid", f"`{name}` is no number.", "Pass 1 or more.", name)
    return found
