"""The policies that are in force, beside the model that they were compiled against: JSON that only `access`
understands."""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from masthead.store.database import Database
from masthead.store.registry import MOMENT, REGISTRY
from masthead.store.transaction import Transaction

applied_policies = sa.Table(
    "applied_policies",
    REGISTRY,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("policies", JSONB, nullable=False),
    sa.Column("applied_at", MOMENT, nullable=False, server_default=sa.func.now()),
    comment="The policies that content.py has declared; the last ones are in force.",
)

_LAST = "SELECT policies FROM masthead.applied_policies ORDER BY number DESC LIMIT 1"


async def remember_policies(transaction: Transaction, policies: Any) -> None:
    """Put policies in force, in the transaction that applies their model; nothing where they are already."""
    known = await transaction.fetch_value(_LAST)
    if known is not None and json.loads(known) == policies:
        return
    await transaction.execute(
        "INSERT INTO masthead.applied_policies (number, policies) "
        "SELECT coalesce(max(number), 0) + 1, $1::jsonb FROM masthead.applied_policies",
        json.dumps(policies),
    )


async def read_applied_policies(database: Database) -> Any:
    """The policies that are in force, as they were given; None where none ever were."""
    async with database.transaction() as transaction:
        found = await transaction.fetch_value(_LAST)
    return None if found is None else json.loads(found)
