"""Where in the answer to a trace entries stand, and which they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from masthead.query.dependencies.window import Ends

ID = "i"
"""The key of an entry's id; all other keys are numbers, or ROWS."""

ROWS = "n"
"""The key of the entries of a list."""

BY = "b"
"""The key of what an entry of a list is sorted by."""


@dataclass(frozen=True, slots=True)
class Place:
    """An object of the answer, or several in a list. `lists` are the numbers of the lists whose parents the
    entries here are; `page` is the number of the list that they are a page of. Where it is `named`, they are
    not shown: it is the variable that holds their ids."""

    key: str
    inner: tuple["Place", ...] = ()
    lists: tuple[int, ...] = ()
    named: str = ""
    page: int | None = None


@dataclass(slots=True)
class Found:
    """The entries that an answer shows, the parents and the pages of each list by its number, and ids by
    variable."""

    ids: set[UUID] = field(default_factory=set)
    parents: dict[int, set[UUID]] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[int, list[Ends]] = field(default_factory=dict)

    def collect(self, value: Any, place: Place) -> None:
        """Those at one place, and within."""
        if isinstance(value, list):
            if place.page is not None:
                ends = Ends(len(value), value[0].get(BY), value[-1].get(BY)) if value else Ends(0)
                self.pages.setdefault(place.page, []).append(ends)
            for each in value:
                self.collect(each, place)
        elif isinstance(value, Mapping):
            text = value.get(ID)
            if text is not None and place.named:
                self.named[place.named].append(text)
            elif text is not None:
                id_ = UUID(text)
                self.ids.add(id_)
                for number in place.lists:
                    self.parents.setdefault(number, set()).add(id_)
            for inner in place.inner:
                self.collect(value.get(inner.key), inner)
