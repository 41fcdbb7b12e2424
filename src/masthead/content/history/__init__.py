"""What became of an entry: its revisions, and what differs between any two of them."""

from masthead.content.history.changes import BlockChange, FieldChange, ItemsChange, RevisionDiff
from masthead.content.history.difference import compare_fields
from masthead.content.history.entry_names import EntryName
from masthead.content.history.find_entry import find_entry
from masthead.content.history.history import History
from masthead.content.history.pruning import prune
from masthead.content.history.retention import Retention, read_retention
from masthead.content.history.revisions import Revision, RevisionFields, RevisionPage
from masthead.content.history.text_runs import Run, TextHunk, text_hunks

__all__ = [
    "BlockChange",
    "EntryName",
    "FieldChange",
    "History",
    "ItemsChange",
    "Retention",
    "Revision",
    "RevisionDiff",
    "RevisionFields",
    "RevisionPage",
    "Run",
    "TextHunk",
    "compare_fields",
    "find_entry",
    "prune",
    "read_retention",
    "text_hunks",
]
