"""What differs between two revisions, as far as somebody may know of it: the same for every API."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from masthead.access import Viewer
from masthead.content.history import History
from masthead.content.spelling.told import Told
from masthead.kernel import InputError, NotFoundError, Place

Readable = Callable[[Viewer, str, Iterable[UUID]], Awaitable[frozenset[UUID]]]
"""Those of a type's entries that a viewer may read as drafts."""

_LARGEST = 2**31 - 1


class Differences:
    """Tells them; of hidden fields it tells nothing."""

    def __init__(self, history: History, told: Told, readable: Readable) -> None:
        self._history = history
        self._told = told
        self._readable = readable

    async def between(
        self, entry: UUID, type_name: str, sides: tuple[UUID | int, UUID | int], viewer: Viewer
    ) -> dict[str, Any]:
        """From one revision of an entry to another; whether the viewer may read the entry is asked before.
        Raises NotFoundError."""
        found = await self._history.diff(entry, *sides, self._told.hidden(viewer, type_name))
        known = await self._known(viewer, found.entries)
        shown = found.to_json(lambda each: each in known)
        return {**shown, "changes": [self._change(each) for each in shown["changes"]]}

    async def of_entry(
        self, entry: UUID, sides: tuple[UUID | int, UUID | int], viewer: Viewer
    ) -> dict[str, Any]:
        """The same of an entry of whatever type, for a viewer who may read it. Raises NotFoundError."""
        type_name = await self._history.type_of(entry)
        if type_name is None or entry not in await self._readable(viewer, type_name, [entry]):
            raise NotFoundError("entry-unknown", f"There is no entry {entry}.", "Check the id.")
        return await self.between(entry, type_name, sides, viewer)

    async def _known(self, viewer: Viewer, entries: Mapping[str, Any]) -> set[str]:
        by_type: dict[str, list[UUID]] = {}
        for key, each in entries.items():
            by_type.setdefault(each.type, []).append(UUID(key))
        known: set[str] = set()
        for type_name, ids in by_type.items():
            known |= {str(each) for each in await self._readable(viewer, type_name, ids)}
        return known

    def _change(self, change: dict[str, Any]) -> dict[str, Any]:
        found = {**change, "path": self._told.path(change["path"])}
        if "blocks" in change:
            found["blocks"] = [
                {**block, "fields": [self._change(each) for each in block["fields"]]}
                for block in change["blocks"]
            ]
        return found


def read_revision(text: str, name: str) -> UUID | int:
    """A revision by its number or its id. Raises InputError."""
    if text.isascii() and text.isdigit() and len(text) < 11:
        return min(int(text), _LARGEST)
    try:
        return UUID(text)
    except ValueError:
        raise InputError(
            "id-invalid",
            f"`{name}` is {text[:80]!r}.",
            "Pass the number or the id of a revision.",
            Place(path=name),
        ) from None
