"""What must hold of every command, said simply. Each law has a name, which its failure shows."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.save_laws import check_conflict, check_save
from tests.store.content.editing.scene import Scene
from tests.store.content.editing.step import Step, require
from tests.store.content.editing.words import words_of

from masthead.access import AUTHOR
from masthead.content.commands import (
    Archive,
    Bulk,
    Changed,
    CommandRefusedError,
    Create,
    Delete,
    Duplicate,
    Outcome,
    Publish,
    Restore,
    Save,
    SaveConflictError,
    Schedule,
    StaleBaseError,
    Unarchive,
    Unpublish,
)
from masthead.content.commands.refusals import action_of
from masthead.kernel import AccessError, InputError


def check_step(step: Step) -> None:
    """Every law of one command."""
    if step.error is not None:
        _nothing_is_done(step)
        _refused_for_a_reason(step)
        return
    assert step.outcome is not None
    if step.outcome.is_repeated:
        changed = step.after.changed_since(step.before)
        require(not changed, "a repeated command does nothing", changed, step.command)
        require(not step.lines, "a repeated command is not in the log again", step.command)
        return
    _allowed(step)
    _told_truly(step, step.outcome)
    _history_only_grows(step)
    _logged(step)
    if (law := LAWS.get(type(step.command))) is not None:
        law(step, step.command, step.outcome.entries[0])


def _nothing_is_done(step: Step) -> None:
    """Not a row of any table but the log, which has a line of it, unless nobody is signed in."""
    changed = step.after.changed_since(step.before)
    rows = step.after.rows_since(step.before) if changed else []
    require(not changed, "a refused command changes nothing", changed, step.command, repr(step.error), *rows)
    if step.actor.viewer.is_anonymous:
        require(not step.lines, "nobody fills the log", step.lines)
        return
    found = [(each.action, each.outcome, each.code) for each in step.lines]
    assert step.error is not None
    expected = [(action_of(step.command), "refused", step.error.code)]
    require(found == expected, "a refused command is in the log", found, expected)


def _refused_for_a_reason(step: Step) -> None:
    """What is refused had to be: with an error for people, and not for what was so only before."""
    error, command, before = step.error, step.command, step.before
    known = (CommandRefusedError, SaveConflictError, StaleBaseError, AccessError, InputError)
    require(isinstance(error, known), "an error says what to do", type(error), error, command)
    if isinstance(error, AccessError):
        is_free = _may(step) and not isinstance(command, Bulk | Duplicate)
        require(not is_free, "who may is not denied", command, error)
    if isinstance(error, StaleBaseError):
        entry = before.entries[getattr(command, "entry")]  # noqa: B009 - those commands have one
        require(entry.head != getattr(command, "base", None), "the head is not stale", command)
    if isinstance(error, SaveConflictError) and isinstance(command, Save):
        check_conflict(before, command, error)
    if isinstance(error, CommandRefusedError) and isinstance(command, Publish):
        for each in error.missing:
            is_public = before.entries[each].published is not None
            require(not is_public, "what is missing is not public", command, each)


def _may(step: Step) -> bool:
    """Who may, as the documentation says it in two sentences: authors change their own, editors all."""
    viewer, command = step.actor.viewer, step.command
    if viewer.is_anonymous:
        return False
    if viewer.roles != frozenset({AUTHOR}):
        return True
    if isinstance(command, Create | Duplicate):
        return True
    if isinstance(command, Bulk):
        return all(_may(_part(step, each)) for each in command.commands)
    entry = step.before.entries.get(getattr(command, "entry", UUID(int=0)))
    return isinstance(command, Save | Restore) and entry is not None and entry.owner == viewer.account


def _part(step: Step, command: Any) -> Step:
    return Step(command, step.actor, step.before, step.after, step.outcome, step.error)


def _allowed(step: Step) -> None:
    require(_may(step), "who may not is refused", step.actor.viewer, step.command)


def _told_truly(step: Step, outcome: Outcome) -> None:
    """The outcome is what the tables have."""
    for each in outcome.entries:
        entry = step.after.entries.get(each.entry)
        if each.state == "deleted":
            require(entry is None, "what is deleted is gone", each)
            continue
        require(entry is not None, "what is told is there", each)
        assert entry is not None
        head = step.after.head(entry.id)
        public = None if entry.archived_at is not None else entry.published
        state = "draft" if public is None else "published" if public == head.id else "changed"
        state = "archived" if entry.archived_at is not None else state
        found = (head.id, head.number, public, state)
        told = (each.head, each.number, each.published, each.state)
        require(found == told, "an outcome tells what is there", found, told)


def _history_only_grows(step: Step) -> None:
    """Revisions stay as they are, numbers have no gap, and new ones name who made them and where."""
    assert step.outcome is not None
    gone = {each.entry for each in step.outcome.entries if each.state == "deleted"}
    check_history(step.before, step.after, gone)
    new = [each for key, each in step.after.revisions.items() if key not in step.before.revisions]
    for each in new:
        maker = (step.actor.account, step.actor.origin.source)
        require((each.author, each.source) == maker, "history says who, and whence", each, maker)


def check_history(before: Scene, after: Scene, gone: set[UUID]) -> None:
    """Whatever happened in between: nothing of the past is another, or missing."""
    for key, each in before.revisions.items():
        if each.entry not in gone:
            require(after.revisions.get(key) == each, "history stays", each, after.revisions.get(key))
    numbers: dict[UUID, list[int]] = {}
    for each in after.revisions.values():
        numbers.setdefault(each.entry, []).append(each.number)
    require(numbers.keys() == after.entries.keys(), "every entry has a history", numbers.keys())
    for entry, found in numbers.items():
        require(found == list(range(1, len(found) + 1)), "numbers have no gap", entry, found)
        require(after.head(entry).number == len(found), "the newest revision is the head", entry)


def _logged(step: Step) -> None:
    """At least a line for each command, and for each entry that was changed."""
    lines = step.lines
    require(all(each.outcome == "done" for each in lines), "what is done is logged as done", lines)
    require(all(each.account == step.actor.account for each in lines), "the log says who", lines)
    assert step.outcome is not None
    subjects = {each.subject for each in lines}
    for each in step.outcome.entries:
        is_other = step.before.entries.get(each.entry) != step.after.entries.get(each.entry)
        if is_other:
            require(str(each.entry) in subjects, "every change is in the log", each, lines)
    require(bool(lines), "every command is in the log", step.command)


def _saved(step: Step, command: Save, changed: Changed) -> None:
    is_unchanged = step.before.entries[changed.entry].head == changed.head
    history = step.after.history(changed.entry)
    check_save(history, command, changed, is_unchanged=is_unchanged)
    entry = step.before.entries[changed.entry]
    require(changed.published == entry.published, "a save publishes nothing", changed)


def _created(step: Step, command: Create, changed: Changed) -> None:
    """All that was given, as a draft of whoever gave it."""
    head = step.after.head(changed.entry)
    for name, value in command.fields.items():
        same = words_of(value) == words_of(head.fields.get(name))
        require(same, "what is given is kept", name, value, head.fields)
    found = (changed.state, changed.number, step.after.entries[changed.entry].owner)
    require(found == ("draft", 1, step.actor.account), "what is new is a draft", found)


def _duplicated(step: Step, command: Duplicate, changed: Changed) -> None:
    found, of = step.after.head(changed.entry), step.before.head(command.entry)
    require(_plain(found.fields) == _plain(of.fields), "a duplicate is alike", found, of)
    require(changed.state == "draft", "what is new is a draft", changed)


def _restored(step: Step, command: Restore, changed: Changed) -> None:
    found, of = step.after.head(changed.entry), step.before.revisions[command.revision]
    require(_plain(found.fields) == _plain(of.fields), "restored is as it was", found, of)
    require(command.base == step.before.entries[command.entry].head, "stale is refused", command)


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "slug" and value not in (None, [])}


def _published(step: Step, command: Publish, changed: Changed) -> None:
    """What was asked for is public: the head, which is the base, or the revision that is named."""
    head = step.before.entries[command.entry].head
    require(command.revision is not None or command.base == head, "stale is refused", command)
    wanted = step.before.revisions[command.revision or head]
    require(changed.published is not None, "what is published is public", changed)
    assert changed.published is not None
    found = step.after.revisions[changed.published]
    require(found.fields == wanted.fields, "what is asked for is published", found, wanted)
    content_type = MODEL[changed.type]
    for field in content_type.fields:
        is_there = not field.is_required or found.fields.get(field.name) is not None
        require(is_there, "what is public is whole", field.name, found)


def _went(step: Step, command: Unpublish | Archive, changed: Changed) -> None:
    require(step.after.address(command.entry) is None, "what went has no address", command)
    is_archived = step.after.entries[command.entry].archived_at is not None
    require(is_archived == isinstance(command, Archive), "what is archived is archived", changed)


def _came(step: Step, command: Unarchive, changed: Changed) -> None:
    require(changed.state == "draft", "what comes back is a draft", changed)


def _deleted(step: Step, command: Delete, changed: Changed) -> None:
    is_there = step.before.entries[command.entry].archived_at is None
    require(not is_there, "only what is archived is deleted", command)
    require(command.entry not in step.after.entries, "what is deleted is gone", command)


def _scheduled(step: Step, command: Schedule, changed: Changed) -> None:
    assert step.outcome is not None
    key = step.outcome.schedule
    new = [each for each in step.after.schedules.values() if each.id not in step.before.schedules]
    found = [(each.id, each.due, each.action, each.state) for each in new]
    expected = [(key, command.at, command.action, "pending")]
    require(found == expected, "one command, one schedule", found, expected)


LAWS: Mapping[type[Any], Callable[[Step, Any, Changed], None]] = {
    Save: _saved,
    Create: _created,
    Duplicate: _duplicated,
    Restore: _restored,
    Publish: _published,
    Unpublish: _went,
    Archive: _went,
    Unarchive: _came,
    Delete: _deleted,
    Schedule: _scheduled,
}
"""The laws of single commands."""
