"""The platform's tables of changes: what each has touched, and which process has taken note of it."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from masthead.store.registry import MOMENT, REGISTRY

change = sa.Table(
    "change",
    REGISTRY,
    sa.Column("number", sa.BigInteger, primary_key=True, comment="live._generation, as it made it"),
    sa.Column("transaction", sa.Text, nullable=False, comment="xid8 of the transaction"),
    sa.Column("rows", sa.BigInteger, nullable=False, comment="rows of `touched` that it has"),
    sa.Column("types", ARRAY(sa.Text), nullable=False, comment="content types that were touched"),
    sa.Column("changed_at", MOMENT, nullable=False),
    sa.Index("change_at", "changed_at"),
    comment="Every change of what is public, in the order of commits. Written by triggers, kept for minutes.",
)

touched = sa.Table(
    "touched",
    REGISTRY,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("transaction", sa.Text, nullable=False, comment="xid8 of the transaction"),
    sa.Column("type", sa.Text, nullable=False, comment="the content type's name, or _route"),
    sa.Column("field", sa.Text, nullable=False, comment="column of a list of references; empty: the row"),
    sa.Column("entry_id", sa.Uuid, nullable=False),
    sa.Column("old", JSONB, comment="compared columns before; none: a row that is new"),
    sa.Column("new", JSONB, comment="compared columns after; none: a row that is gone"),
    sa.Column("old_digest", sa.BigInteger, comment="of the whole row, unless it was updated in its place"),
    sa.Column("new_digest", sa.BigInteger),
    sa.Index("touched_transaction", "transaction"),
    comment="Rows of what is public that a statement has touched.",
)

lease = sa.Table(
    "lease",
    REGISTRY,
    sa.Column("process", sa.Uuid, primary_key=True),
    sa.Column("applied", sa.BigInteger, nullable=False, comment="the newest change that it has reacted to"),
    sa.Column("taken_at", MOMENT, nullable=False, comment="for people: nothing is decided by it"),
    comment="Who may answer from memory: a change is acknowledged when all know it, or a lease later.",
)
