"""Commands on entries and releases."""

from masthead.content.commands.actor import Actor
from masthead.content.commands.command import (
    Archive,
    Bulk,
    Changed,
    ChangeRelease,
    Command,
    Create,
    CreateRelease,
    Delete,
    DropRelease,
    Duplicate,
    EntryCommand,
    Outcome,
    Publish,
    PublishingAction,
    PublishRelease,
    ReleaseCommand,
    ReleaseItem,
    Restore,
    Save,
    Schedule,
    ScheduleRelease,
    Unarchive,
    Unpublish,
    Unschedule,
)
from masthead.content.commands.executor import Commands
from masthead.content.commands.forgetting import forget_keys
from masthead.content.commands.locks import hold_entries
from masthead.content.commands.publishers import check_publisher
from masthead.content.commands.refusal import (
    CommandRefusedError,
    Fault,
    SaveConflictError,
    StaleBaseError,
)
from masthead.content.commands.refusals import record_refusal
from masthead.content.commands.schedule_rows import SCHEDULES
from masthead.content.merging import Clash, ClashLines, Span

__all__ = [
    "SCHEDULES",
    "Actor",
    "Archive",
    "Bulk",
    "ChangeRelease",
    "Changed",
    "Clash",
    "ClashLines",
    "Command",
    "CommandRefusedError",
    "Commands",
    "Create",
    "CreateRelease",
    "Delete",
    "DropRelease",
    "Duplicate",
    "EntryCommand",
    "Fault",
    "Outcome",
    "Publish",
    "PublishRelease",
    "PublishingAction",
    "ReleaseCommand",
    "ReleaseItem",
    "Restore",
    "Save",
    "SaveConflictError",
    "Schedule",
    "ScheduleRelease",
    "Span",
    "StaleBaseError",
    "Unarchive",
    "Unpublish",
    "Unschedule",
    "check_publisher",
    "forget_keys",
    "hold_entries",
    "record_refusal",
]
