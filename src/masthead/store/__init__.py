"""PostgreSQL: connections, the platform's tables, the tables of a ContentModel, the embedded server."""

from masthead.store import (
    change_tables,
    editorial,
    event_tables,
    people_tables,
    registry,
    webhook_tables,
)
from masthead.store.applied_policies import read_applied_policies
from masthead.store.blocks import TYPE_KEY, block_columns, stored_value
from masthead.store.change import ROUTE, Change, Touch, is_compared
from masthead.store.changes import forget_changes, newest_change, read_changes
from masthead.store.database import CHANGES, READER_ROLE, Database, open_database
from masthead.store.embedded import embedded_server, stop_abandoned_server
from masthead.store.failure import FAILURES, failure, is_taken
from masthead.store.job_tables import JOBS, queue_settings
from masthead.store.reader import Reader
from masthead.store.registry import RAISE_GENERATION
from masthead.store.schema import apply_model, read_applied_model
from masthead.store.search_column import (
    SEARCH,
    cut_words,
    search_configuration,
    search_shares,
    text_column,
)
from masthead.store.sole import Sole
from masthead.store.spending import Spent, measured
from masthead.store.statement import Statement, compile_statement
from masthead.store.tables import (
    MARKDOWN_COLUMNS,
    STAGES,
    Stage,
    Tables,
    column_type,
    tables_of,
    written_columns,
)
from masthead.store.transaction import Transaction
from masthead.store.wakes import Wakes

__all__ = [
    "CHANGES",
    "FAILURES",
    "JOBS",
    "MARKDOWN_COLUMNS",
    "RAISE_GENERATION",
    "READER_ROLE",
    "ROUTE",
    "SEARCH",
    "STAGES",
    "TYPE_KEY",
    "Change",
    "Database",
    "Reader",
    "Sole",
    "Spent",
    "Stage",
    "Statement",
    "Tables",
    "Touch",
    "Transaction",
    "Wakes",
    "apply_model",
    "block_columns",
    "change_tables",
    "column_type",
    "compile_statement",
    "cut_words",
    "editorial",
    "embedded_server",
    "event_tables",
    "failure",
    "forget_changes",
    "is_compared",
    "is_taken",
    "measured",
    "newest_change",
    "open_database",
    "people_tables",
    "queue_settings",
    "read_applied_model",
    "read_applied_policies",
    "read_changes",
    "registry",
    "search_configuration",
    "search_shares",
    "stop_abandoned_server",
    "stored_value",
    "tables_of",
    "text_column",
    "webhook_tables",
    "written_columns",
]
