"""What differs between two revisions: frozen, and JSON for the APIs and the studio."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from masthead.content.history.entry_names import EntryName
from masthead.content.history.revisions import Revision
from masthead.content.history.text_runs import TextHunk

Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class ItemsChange:
    """What differs between two lists of references or scalars. `is_reordered`: what stayed stands in
    another order."""

    added: Sequence[Any] = ()
    removed: Sequence[Any] = ()
    is_reordered: bool = False

    def to_json(self) -> dict[str, Any]:
        """As the APIs show it."""
        return {
            "added": list(self.added),
            "removed": list(self.removed),
            "isReordered": self.is_reordered,
        }


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that is not as it was, and how: at most one of `text`, `items`, `blocks` and `keys` is there.

    `path` is "title", "sections.2.text" (blocks are counted as in the newer revision; those taken out, as in
    the older one) or "data.price.net". `kind` is the field's kind; "json" for one that the model does not
    have, which `is_unknown` says. `before` and `after` are both values.
    """

    path: str
    kind: str
    change: Change
    before: Any = None
    after: Any = None
    text: Sequence[TextHunk] = ()
    items: ItemsChange | None = None
    blocks: Sequence["BlockChange"] = ()
    keys: Sequence["FieldChange"] = ()
    is_unknown: bool = False

    def to_json(self) -> dict[str, Any]:
        """As the APIs show it: a text of several lines and a list of blocks without both whole values."""
        found: dict[str, Any] = {"path": self.path, "kind": self.kind, "change": self.change}
        if self.is_unknown:
            found["isUnknown"] = True
        is_long = self.blocks or (self.text and "\n" in f"{self.before}{self.after}")
        if not is_long:
            found |= {"before": self.before, "after": self.after}
        if self.text:
            found["text"] = [each.to_json() for each in self.text]
        if self.items is not None:
            found["items"] = self.items.to_json()
        if self.blocks:
            found["blocks"] = [each.to_json() for each in self.blocks]
        if self.keys:
            found["keys"] = [each.to_json() for each in self.keys]
        return found


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block that is not as it was, or not where it was. `change` None: it was only moved. Places count
    from 0; None where it is not there. `fields` are those that differ; of a block that was added or removed
    all that it holds."""

    type: str
    change: Change | None
    before: int | None
    after: int | None
    is_moved: bool = False
    fields: Sequence[FieldChange] = ()

    def to_json(self) -> dict[str, Any]:
        """As the APIs show it."""
        return {
            "type": self.type,
            "change": self.change,
            "before": self.before,
            "after": self.after,
            "isMoved": self.is_moved,
            "fields": [each.to_json() for each in self.fields],
        }


@dataclass(frozen=True, slots=True)
class RevisionDiff:
    """What differs from `before` to `after`. `entries` has the present names of what the changes refer to,
    by id: of those only that are there."""

    before: Revision
    after: Revision
    changes: Sequence[FieldChange]
    entries: Mapping[str, EntryName] = field(default_factory=dict)

    def to_json(self, may_name: Callable[[str], bool] = lambda _: True) -> dict[str, Any]:
        """As the APIs show it. `may_name` tells of an entry's id whether who asks may know its name."""
        return {
            "before": self.before.to_json(),
            "after": self.after.to_json(),
            "changes": [each.to_json() for each in self.changes],
            "entries": {key: each.to_json() for key, each in self.entries.items() if may_name(key)},
        }
