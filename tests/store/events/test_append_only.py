"""The audit log only grows."""

import asyncpg
import pytest

from masthead.events import AuditLine, Origin, record_audit
from masthead.kernel import utc_now
from masthead.store import Database


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE masthead.audit SET outcome = 'done'",
        "DELETE FROM masthead.audit",
        "TRUNCATE masthead.audit",
        "UPDATE masthead.audit SET outcome = 'done' WHERE false",
    ],
)
async def test_no_line_is_changed_or_removed(database: Database, statement: str) -> None:
    """Not even by the owner of the tables, and not where nothing would change."""
    line = AuditLine(Origin("cli"), "account.create", "ada@example.org")
    async with database.transaction() as transaction:
        await record_audit(transaction, [line], utc_now())
    for role in ("origin", "replica"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match=r"masthead\.audit is append-only"):
            await _execute_as(database, role, statement)
    assert len(await database.drafts.fetch("SELECT id FROM masthead.audit")) == 1


async def _execute_as(database: Database, role: str, statement: str) -> None:
    async with database.transaction() as transaction:
        await transaction.execute(f"SET LOCAL session_replication_role = {role}")
        await transaction.execute(statement)
