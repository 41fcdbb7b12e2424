"""The platform's tables of editing: who did what, what will happen, what changes together."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from masthead.store.registry import MOMENT, REGISTRY, entry, revision

audit = sa.Table(
    "audit",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True, comment="UUIDv7"),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("account", sa.Uuid, comment="who; none for an anonymous one or the platform itself"),
    sa.Column("token", sa.Uuid, comment="the API token that was used"),
    sa.Column("source", sa.Text, nullable=False, comment="api, studio, import, schedule, cli"),
    sa.Column("action", sa.Text, nullable=False, comment="such as entry.publish, session.begin"),
    sa.Column("subject", sa.Text, comment="what it was done to: an entry's id, an account's address"),
    sa.Column("outcome", sa.Text, nullable=False, comment="done or refused"),
    sa.Column("code", sa.Text, comment="why it was refused"),
    sa.Column("detail", JSONB, nullable=False, server_default="{}"),
    sa.Column("request", sa.Text, comment="id of the request, as in the log"),
    sa.Column("address", sa.Text, comment="network address of the client"),
    sa.Index("audit_at", "at", "id"),
    sa.Index("audit_subject", "subject", "at", "id"),
    sa.Index("audit_account", "account", "at", "id"),
    sa.Index("audit_action", "action", "at", "id"),
    comment="Append-only: every command and every sign-in. A trigger refuses UPDATE, DELETE and TRUNCATE.",
)

idempotency = sa.Table(
    "idempotency",
    REGISTRY,
    sa.Column("account", sa.Uuid, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False, comment="SHA-256 of the command, hex"),
    sa.Column("outcome", JSONB, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.PrimaryKeyConstraint("account", "key", name="idempotency_pkey"),
    sa.Index("idempotency_created", "created_at"),
    comment="What a command that a program may send twice has answered; kept for a day.",
)

release = sa.Table(
    "release",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, comment="open, published or dropped"),
    sa.Column("created_by", sa.Uuid),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("published_at", MOMENT),
    comment="Changes that are published at one instant, in one transaction.",
)

release_item = sa.Table(
    "release_item",
    REGISTRY,
    sa.Column("release_id", sa.ForeignKey(release.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("entry_id", sa.ForeignKey(entry.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("action", sa.Text, nullable=False, comment="publish or unpublish"),
    sa.Column("revision_id", sa.ForeignKey(revision.c.id), comment="none: the head at that moment"),
    sa.PrimaryKeyConstraint("release_id", "entry_id", name="release_item_pkey"),
    sa.Index("release_item_entry", "entry_id"),
)

schedule = sa.Table(
    "schedule",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("due", MOMENT, nullable=False, comment="UTC"),
    sa.Column("action", sa.Text, nullable=False, comment="publish or unpublish"),
    sa.Column("entry_id", sa.ForeignKey(entry.c.id, ondelete="CASCADE")),
    sa.Column("release_id", sa.ForeignKey(release.c.id, ondelete="CASCADE")),
    sa.Column("revision_id", sa.Uuid, comment="none: the head at that moment"),
    sa.Column("state", sa.Text, nullable=False, comment="pending, done, failed or cancelled"),
    sa.Column("created_by", sa.Uuid),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("ran_at", MOMENT),
    sa.Column("is_late", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("error", JSONB, comment="{code, message, remedy, faults, missing} of one that failed"),
    sa.CheckConstraint("(entry_id IS NULL) <> (release_id IS NULL)", name="schedule_one_subject"),
    sa.Index("schedule_due", "due", postgresql_where=sa.text("state = 'pending'")),
    sa.Index("schedule_entry", "entry_id"),
    comment="What is to happen at a moment. Marked done in the transaction that does it: exactly once.",
)

preview = sa.Table(
    "preview",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False, comment="revision, latest or release"),
    sa.Column("entry_id", sa.ForeignKey(entry.c.id, ondelete="CASCADE")),
    sa.Column("revision_id", sa.Uuid),
    sa.Column("release_id", sa.ForeignKey(release.c.id, ondelete="CASCADE")),
    sa.Column("expires_at", MOMENT, nullable=False),
    sa.Column("created_by", sa.Uuid),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("revoked_at", MOMENT),
    comment="Links that show what is not public to whoever has them.",
)

secret = sa.Table(
    "secret",
    REGISTRY,
    sa.Column("name", sa.Text, primary_key=True, comment="what it signs"),
    sa.Column("value", sa.LargeBinary, nullable=False, comment="32 random bytes"),
    comment="Keys that every process of this publication signs with; made when they are first needed.",
)
