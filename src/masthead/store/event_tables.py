"""The tables of events: the outbox, divided by days, the head of its order, and who has read how far.

`sequence` is taken while the transaction holds the locks of its entries' rows: of two events of one entry
the later has the larger one, whatever the clocks of their hosts say. `position` comes after the commit.
"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from masthead.store.registry import MOMENT, REGISTRY

event = sa.Table(
    "event",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True, comment="UUIDv7"),
    sa.Column("sequence", sa.BigInteger, nullable=False, comment="order of writing; with gaps"),
    sa.Column("type", sa.Text, nullable=False, comment="such as content.entry.published.v1"),
    sa.Column("entry_id", sa.Uuid, comment="the entry it is about; none for a whole release"),
    sa.Column("revision_id", sa.Uuid),
    sa.Column("data", JSONB, nullable=False),
    sa.Column("cause", sa.Text, comment="the request, the schedule or the import that it comes from"),
    sa.Column("trace_parent", sa.Text, comment="W3C Trace Context of the request"),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("position", sa.BigInteger, comment="dense order of commits; none while pending"),
    sa.Index("event_pending", "sequence", postgresql_where=sa.text("position IS NULL")),
    # Unique by the way positions are given: an index of a divided table cannot be, without the id in it.
    sa.Index("event_position", "position", postgresql_where=sa.text("position IS NOT NULL")),
    postgresql_partition_by="RANGE (id)",
    comment="Outbox: written in the transaction of the command, read by whoever reacts.",
)

event_head = sa.Table(
    "event_head",
    REGISTRY,
    sa.Column("is_only", sa.Boolean, primary_key=True, server_default=sa.true()),
    sa.Column("position", sa.BigInteger, nullable=False, comment="of the newest event that has one"),
    sa.CheckConstraint("is_only", name="event_head_one_row"),
    comment="One row, which the relay moves on in the transaction that gives the positions.",
)

consumer = sa.Table(
    "consumer",
    REGISTRY,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False, comment="of the last event that it has handled"),
    sa.Column("updated_at", MOMENT, nullable=False),
    comment="How far each reader of events has come.",
)

AHEAD = 7
"""Days whose partitions are made before they come."""


def event_statements(today: date | None = None) -> list[str]:
    """What the tables need besides: executed once, when they are made."""
    day = datetime.now(UTC).date() if today is None else today
    return [
        "CREATE SEQUENCE masthead.event_sequence",
        "ALTER TABLE masthead.event ALTER COLUMN sequence SET DEFAULT nextval('masthead.event_sequence')",
        "CREATE TABLE masthead.event_default PARTITION OF masthead.event DEFAULT",
        # The worker makes more. These are for what happens before there is one.
        *partition(day),
        *partition(day + timedelta(days=1)),
        "INSERT INTO masthead.event_head (position) VALUES (0)",
    ]


def partition(day: date) -> tuple[str, str]:
    """Make the partition of a day (UTC). Attached, not made in its place: that would lock out all readers."""
    name = partition_name(day)
    bounds = f"FROM ('{first_id(day)}') TO ('{first_id(day + timedelta(days=1))}')"
    return (
        f"CREATE TABLE {name} (LIKE masthead.event INCLUDING ALL)",
        f"ALTER TABLE masthead.event ATTACH PARTITION {name} FOR VALUES {bounds}",
    )


def partition_name(day: date) -> str:
    """Such as masthead.event_20260131."""
    return f"masthead.event_{day:%Y%m%d}"


def first_id(day: date) -> UUID:
    """No UUIDv7 that was made since a day began (UTC) is less."""
    start = datetime.combine(day, time(), UTC)
    return UUID(int=int(start.timestamp() * 1000) << 80)
