"""What editors think of: one command at random, on what they see, which may be stale or not theirs."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from tests.store.content.editing.scene import Entry, Revision, Scene

from masthead.content.commands import (
    Archive,
    Bulk,
    ChangeRelease,
    Command,
    Create,
    CreateRelease,
    Delete,
    DropRelease,
    Duplicate,
    Publish,
    PublishRelease,
    ReleaseItem,
    Restore,
    Save,
    Schedule,
    ScheduleRelease,
    Unarchive,
    Unpublish,
    Unschedule,
)
from masthead.kernel import new_id

SLUGS = ("red", "green", "blue", "black", "white")
"""Few, so that addresses are wanted by several."""


@dataclass(slots=True)
class Editor:
    """Thinks of commands. Words are never used twice."""

    chance: random.Random
    scene: Scene
    now: datetime
    prefix: str = "w"
    numbers: Any = None

    def __post_init__(self) -> None:
        self.numbers = self.numbers or count(1)

    def word(self) -> str:
        """One that nobody has written."""
        return f"{self.prefix}{next(self.numbers)}q"

    def propose(self, kind: str) -> Command:
        """A command of that kind; a new story where there is nothing yet to do it to."""
        if not any(each.type == "Story" for each in self.scene.entries.values()):
            kind = "create"
        return KINDS[kind](self) or create(self)

    def entry(self, *types: str) -> Entry | None:
        """One of the entries, of these types if there are any."""
        there = list(self.scene.entries.values())
        wanted = [each for each in there if each.type in types] if types else there
        if self.chance.random() < 0.6:
            wanted = wanted[:4]  # where everybody is at work
        return self.chance.choice(wanted or there) if there else None

    def base(self, entry: Entry) -> Revision:
        """The head, or one of the few before it: others have saved meanwhile."""
        known = self.scene.history(entry.id)[-4:]
        return known[-1] if self.chance.random() < 0.5 else self.chance.choice(known)

    def at_head(self, entry: Entry) -> UUID:
        """Mostly the head."""
        known = self.scene.history(entry.id)[-4:]
        return entry.head if self.chance.random() < 0.7 else self.chance.choice(known[:-1] or known).id

    def references(self, type_name: str, most: int) -> list[str]:
        """Some entries of a type; rarely one that is not there."""
        there = [str(each.id) for each in self.scene.entries.values() if each.type == type_name]
        found = self.chance.sample(there, min(len(there), self.chance.randint(0, most)))
        return [*found, str(new_id())] if self.chance.random() < 0.03 else found

    def fields(self, type_name: str) -> dict[str, Any]:
        """All fields of a new entry."""
        if type_name != "Story":
            name = {"Page": "title"}.get(type_name, "name")
            text = {"Author": "bio", "Tag": "description", "Page": "body"}[type_name]
            return {name: self.word(), text: f"{self.word()} text\n"}
        found: dict[str, Any] = {
            "title": self.word(),
            "summary": self.word(),
            "labels": [self.word() for _ in range(self.chance.randint(0, 3))],
            "body": "".join(f"{self.word()} {self._link()}\n\n" for _ in range(self.chance.randint(2, 6))),
            "notes": [self._note() for _ in range(self.chance.randint(0, 3))],
            "tags": self.references("Tag", 2),
        }
        if self.chance.random() < 0.5:
            found["slug"] = self.chance.choice(SLUGS)
        if self.chance.random() < 0.1:
            del found["body"]  # it cannot be published like that
        lead = self.references("Author", 1)
        return {**found, "lead": lead[0]} if lead else found

    def change(self, entry: Entry, base: Revision) -> dict[str, Any]:
        """One to three fields, changed from what the base has."""
        names = [name for name in _CHANGES if entry.type == "Story" or name in _SIMPLE.get(entry.type, ())]
        picked = self.chance.sample(names, min(len(names), self.chance.randint(1, 3)))
        if entry.published is not None and self.chance.random() < 0.2:
            picked = ["slug"]
        return {name: _CHANGES[name](self, base.fields) for name in picked}

    def _link(self) -> str:
        there = list(self.scene.entries.values())
        if not there or self.chance.random() < 0.6:
            return "text"
        known = sorted(self.scene.routes)
        if known and self.chance.random() < 0.5:
            return f"[see]({self.chance.choice(known)})"
        return f"[see](entry:{self.chance.choice(there).id})"

    def _note(self) -> dict[str, Any]:
        return {"type": "Note", "text": "".join(f"{self.word()} text\n\n" for _ in range(3))}

    def _lines(self, text: str | None) -> str:
        """A line put in, taken out or written anew."""
        lines = (text or "").splitlines(keepends=True) or ["\n"]
        place = self.chance.randrange(len(lines))
        how = self.chance.random()
        new = [f"{self.word()} {self._link()}\n", "\n"]
        if how < 0.6:
            return "".join([*lines[:place], *new, *lines[place:]])
        if how < 0.8 and len(lines) > 3:
            return "".join([*lines[:place], *lines[place + 1 :]])
        return "".join([*lines[:place], *new, *lines[place + 1 :]])

    def _items(self, items: list[Any], new: Callable[[], Any]) -> list[Any]:
        """An item put in or taken out."""
        place = self.chance.randint(0, len(items))
        if items and self.chance.random() < 0.3:
            return [each for index, each in enumerate(items) if index != place % len(items)]
        return [*items[:place], new(), *items[place:]]

    def _notes(self, notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if notes and self.chance.random() < 0.5:
            place = self.chance.randrange(len(notes))
            changed = {**notes[place], "text": self._lines(notes[place]["text"])}
            return [*notes[:place], changed, *notes[place + 1 :]]
        return self._items(notes, self._note)


_CHANGES: Mapping[str, Callable[[Editor, Mapping[str, Any]], Any]] = {
    "title": lambda editor, _: editor.word(),
    "name": lambda editor, _: editor.word(),
    "slug": lambda editor, _: editor.chance.choice([*SLUGS, None]),
    "summary": lambda editor, _: editor.chance.choice([editor.word(), None]),
    "labels": lambda editor, fields: editor._items(list(fields.get("labels") or ()), editor.word),
    "tags": lambda editor, _: editor.references("Tag", 3),
    "lead": lambda editor, _: next(iter(editor.references("Author", 1)), None),
    "body": lambda editor, fields: editor._lines(fields.get("body")),
    "notes": lambda editor, fields: editor._notes(list(fields.get("notes") or ())),
}
_SIMPLE = {"Author": ("name",), "Tag": ("name",), "Page": ("title", "body"), "Post": ("title", "body")}


def create(editor: Editor) -> Command:
    """A story, or what stories refer to."""
    name = editor.chance.choice(["Story", "Story", "Author", "Tag", "Page"])
    return Create(name, editor.fields(name))


def save(editor: Editor) -> Command | None:
    """A change of a few fields on a base that may be stale."""
    entry = editor.entry("Story") if editor.chance.random() < 0.8 else editor.entry()
    if entry is None or not (entry.type == "Story" or entry.type in _SIMPLE):
        return None
    base = editor.base(entry)
    fields = editor.change(entry, base)
    fields = {name: each for name, each in fields.items() if name != "name" or entry.type != "Story"}
    return Save(entry.id, base.id, fields)


def publish(editor: Editor) -> Command | None:
    """The head, an older revision, with what it needs."""
    if (entry := editor.entry()) is None:
        return None
    is_older = editor.chance.random() < 0.25
    revision = editor.chance.choice(editor.scene.history(entry.id)).id if is_older else None
    return Publish(entry.id, editor.at_head(entry), revision, is_along=editor.chance.random() < 0.4)


def restore(editor: Editor) -> Command | None:
    """Any of its revisions."""
    if (entry := editor.entry("Story")) is None:
        return None
    return Restore(entry.id, editor.at_head(entry), editor.chance.choice(editor.scene.history(entry.id)).id)


def on_one(make: Callable[[UUID, UUID], Command]) -> Callable[[Editor], Command | None]:
    """A command on one entry and its head."""

    def propose(editor: Editor) -> Command | None:
        entry = editor.entry()
        return None if entry is None else make(entry.id, editor.at_head(entry))

    return propose


def duplicate(editor: Editor) -> Command | None:
    """A copy."""
    entry = editor.entry("Story")
    return None if entry is None else Duplicate(entry.id)


def schedule(editor: Editor) -> Command | None:
    """Soon; rarely in the past."""
    if (entry := editor.entry()) is None:
        return None
    at = editor.now + timedelta(seconds=editor.chance.randint(-2, 90))
    return Schedule(entry.id, editor.at_head(entry), editor.chance.choice(["publish", "unpublish"]), at)


def unschedule(editor: Editor) -> Command | None:
    """Any, whatever became of it."""
    known = list(editor.scene.schedules)
    return Unschedule(editor.chance.choice(known)) if known else None


def bulk(editor: Editor) -> Command:
    """A few at once."""
    kinds = editor.chance.choices(["create", "save", "publish", "unpublish", "archive"], k=3)
    found = [each for kind in kinds if (each := editor.propose(kind)) is not None]
    return Bulk(found)  # type: ignore[arg-type]  # those kinds are commands on entries


def items(editor: Editor) -> list[ReleaseItem]:
    """A few entries, each once."""
    there = list(editor.scene.entries.values())
    picked = editor.chance.sample(there, min(len(there), 3))
    return [
        ReleaseItem(each.id, editor.chance.choice(["publish", "publish", "unpublish"])) for each in picked
    ]


def create_release(editor: Editor) -> Command:
    """With a few entries."""
    return CreateRelease(editor.word(), items(editor))


def on_release(make: Callable[[Editor, UUID], Command]) -> Callable[[Editor], Command]:
    """A command on a release; a new one where there is none."""

    def propose(editor: Editor) -> Command:
        known = list(editor.scene.releases)
        return make(editor, editor.chance.choice(known)) if known else create_release(editor)

    return propose


KINDS: Mapping[str, Callable[[Editor], Command | None]] = {
    "create": create,
    "save": save,
    "publish": publish,
    "unpublish": on_one(Unpublish),
    "restore": restore,
    "duplicate": duplicate,
    "archive": on_one(Archive),
    "unarchive": on_one(Unarchive),
    "delete": on_one(Delete),
    "schedule": schedule,
    "unschedule": unschedule,
    "bulk": bulk,
    "create_release": create_release,
    "change_release": on_release(lambda editor, key: ChangeRelease(key, put=items(editor))),
    "publish_release": on_release(lambda _, key: PublishRelease(key)),
    "schedule_release": on_release(
        lambda editor, key: ScheduleRelease(key, editor.now + timedelta(seconds=editor.chance.randint(1, 90)))
    ),
    "drop_release": on_release(lambda _, key: DropRelease(key)),
}
OFTEN = ("create", *("save",) * 8, *("publish",) * 4, "unpublish", "archive", "bulk", "create_release")
"""What people mostly do."""
