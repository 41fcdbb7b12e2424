"""How the arguments of a mutation become a command. Each field of Mutation carries it in its extensions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from graphql import GraphQLField

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
    EntryCommand,
    Publish,
    PublishingAction,
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
from masthead.kernel import InputError, Place

Arguments = Mapping[str, Any]
"""Coerced values, by their names in GraphQL."""

MOST = 500
"""Entries that one mutation changes."""

_COMMANDS = "commands"


@dataclass(frozen=True, slots=True)
class Commanding:
    """`command` makes the command; `type_name` is the content type that it is about, where that is known."""

    command: Callable[[Arguments], Command]
    type_name: str | None = None


def commanding(field: GraphQLField) -> Commanding:
    """What a field of Mutation does."""
    found: Commanding = field.extensions[_COMMANDS]
    return found


def carried(commanding: Commanding) -> dict[str, Any]:
    """The extension of a field that does this."""
    return {_COMMANDS: commanding}


def create(type_name: str, fields: Callable[[Any], dict[str, Any]]) -> Commanding:
    """A new entry of a type; `fields` reads its input."""
    return Commanding(lambda a: Create(type_name, fields(a["input"]), a.get("note")), type_name)


def save(type_name: str, fields: Callable[[Any], dict[str, Any]]) -> Commanding:
    """A new revision of an entry of a type."""
    return Commanding(
        lambda a: Save(_id(a, "id"), _id(a, "base"), fields(a["input"]), a.get("note")), type_name
    )


def publish(arguments: Arguments) -> Command:
    """Publish entries, with what they refer to."""
    is_along, along = bool(arguments.get("along")), _ids(arguments.get("alongIds") or (), "alongIds")
    return _each(
        arguments,
        lambda at: Publish(_id(at, "id"), _id(at, "base"), _revision(at), along, is_along),
    )


def schedule(action: PublishingAction) -> Callable[[Arguments], Command]:
    """Publish or unpublish entries at a moment."""
    return lambda arguments: _each(
        arguments,
        lambda at: Schedule(_id(at, "id"), _id(at, "base"), action, moment(arguments["at"]), _revision(at)),
    )


def unpublish(arguments: Arguments) -> Command:
    """Take entries out of what is public."""
    return _each(arguments, lambda at: Unpublish(_id(at, "id"), _id(at, "base")))


def archive(arguments: Arguments) -> Command:
    """Take entries out of both stages."""
    return _each(arguments, lambda at: Archive(_id(at, "id"), _id(at, "base")))


def unarchive(arguments: Arguments) -> Command:
    """Bring entries back as drafts."""
    return _each(arguments, lambda at: Unarchive(_id(at, "id"), _id(at, "base")))


def delete(arguments: Arguments) -> Command:
    """Remove archived entries."""
    return _each(arguments, lambda at: Delete(_id(at, "id"), _id(at, "base")))


def unschedule(arguments: Arguments) -> Command:
    """Cancel what is scheduled."""
    return _bulk([Unschedule(each) for each in _ids(arguments["ids"], "ids")], "ids")


def duplicate(arguments: Arguments) -> Command:
    """Copy entries."""
    return _bulk([Duplicate(each) for each in _ids(arguments["ids"], "ids")], "ids")


def restore(arguments: Arguments) -> Command:
    """Bring an older revision back."""
    entry, base = _id(arguments, "id"), _id(arguments, "base")
    return Restore(entry, base, _id(arguments, "revision"), arguments.get("note"))


def create_release(arguments: Arguments) -> Command:
    """A new release."""
    return CreateRelease(arguments["name"], _items(arguments.get("items"), "items"))


def change_release(arguments: Arguments) -> Command:
    """Rename a release, put items in, take entries out."""
    return ChangeRelease(
        _id(arguments, "id"),
        arguments.get("name"),
        _items(arguments.get("put"), "put"),
        _ids(arguments.get("take") or (), "take"),
    )


def publish_release(arguments: Arguments) -> Command:
    """Publish a release."""
    return PublishRelease(_id(arguments, "id"))


def schedule_release(arguments: Arguments) -> Command:
    """Publish a release at a moment."""
    return ScheduleRelease(_id(arguments, "id"), moment(arguments["at"]))


def drop_release(arguments: Arguments) -> Command:
    """Give a release up."""
    return DropRelease(_id(arguments, "id"))


def moment(text: str) -> datetime:
    """A moment that the scalar has found good."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise InputError("value-invalid", f"{text!r} has no offset.", "End it with Z, or +02:00.")
    return found


def _each(arguments: Arguments, make: Callable[[Arguments], EntryCommand]) -> Command:
    return _bulk([make(each) for each in arguments["entries"][: MOST + 1]], "entries")


def _bulk(commands: Sequence[EntryCommand], name: str) -> Command:
    """A single command by itself: its errors say more than those of a bulk."""
    if not 0 < len(commands) <= MOST:
        how = "is empty" if not commands else f"has more than {MOST}"
        raise InputError("bulk-size", f"`{name}` {how}.", f"Name 1 to {MOST}.", Place(path=name))
    return commands[0] if len(commands) == 1 else Bulk(commands)


def _items(given: Sequence[Arguments] | None, name: str) -> tuple[ReleaseItem, ...]:
    if given is not None and len(given) > MOST:
        raise InputError("bulk-size", f"`{name}` has more than {MOST}.", f"Name at most {MOST}.")
    return tuple(
        ReleaseItem(_id(each, "entry"), each.get("action") or "publish", _revision(each))
        for each in given or ()
    )


def _revision(given: Arguments) -> UUID | None:
    return None if given.get("revision") is None else _id(given, "revision")


def _id(given: Arguments, name: str) -> UUID:
    return _read(given[name], name)


def _ids(given: Sequence[str], name: str) -> tuple[UUID, ...]:
    return tuple(_read(each, name) for each in given)


def _read(text: str, name: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise InputError(
            "id-invalid", f"`{name}` is {text[:80]!r}, which is no id.", "Pass an id that this API gave."
        ) from error
