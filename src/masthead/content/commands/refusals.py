"""Commands that were refused, in the audit log: in a transaction of their own, for theirs is undone."""

from datetime import datetime
from typing import Any

import structlog

from masthead.content.commands.actor import Actor
from masthead.content.commands.command import Bulk, Command
from masthead.events import AuditLine, record_audit
from masthead.kernel import MastheadError
from masthead.store import Database

log = structlog.get_logger("masthead.content")


async def record_refusal(
    database: Database, command: Command, actor: Actor, error: MastheadError, now: datetime
) -> None:
    """Say who was refused what, and why. Nobody who is not signed in is recorded: anyone can fill a log
    that way. Where it cannot be written, the command is refused all the same, and the log says so."""
    if actor.viewer.is_anonymous:
        return
    line = AuditLine(actor.origin, action_of(command), subject_of(command), error.code)
    try:
        async with database.transaction() as transaction:
            await record_audit(transaction, [line], now)
    except Exception:  # the first error is the one to be raised
        log.exception("commands.refusal_not_recorded", action=line.action, code=line.code)


def action_of(command: Command) -> str:
    """As the audit log names it: "entry.save", "bulk", "release.create"."""
    if isinstance(command, Bulk):
        return "bulk"
    name = type(command).__name__
    if name.endswith("Release"):
        return f"release.{name.removesuffix('Release').lower()}"
    return f"entry.{name.lower()}"


def subject_of(command: Command) -> str | None:
    """The id of what it is about; a type's name where something was to be made."""
    found: Any = None
    for name in ("entry", "release", "schedule", "type", "name"):
        found = found or getattr(command, name, None)
    return None if found is None else str(found)
