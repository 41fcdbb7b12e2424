"""The platform's tables of webhooks: who is told, with which secrets, what was sent and answered."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from masthead.store.registry import MOMENT, REGISTRY

webhook_endpoint = sa.Table(
    "webhook_endpoint",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("types", ARRAY(sa.Text), nullable=False, comment="of events; * stands for anything"),
    sa.Column("condition", JSONB, comment="that the data of an event have to meet"),
    sa.Column("is_ordered", sa.Boolean, nullable=False, comment="an event waits for those before it"),
    sa.Column("since", sa.BigInteger, nullable=False, comment="it is told of events behind this position"),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("disabled_at", MOMENT),
    sa.Column("disabled_reason", sa.Text),
    comment="An address that is told of events.",
)

webhook_secret = sa.Table(
    "webhook_secret",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("endpoint_id", sa.ForeignKey(webhook_endpoint.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("secret", sa.Text, nullable=False, comment="as it is: a signature needs it (decision 24)"),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("expires_at", MOMENT, comment="of one that another has taken the place of"),
    sa.Index("webhook_secret_endpoint", "endpoint_id"),
)

webhook_gap = sa.Table(
    "webhook_gap",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("endpoint_id", sa.ForeignKey(webhook_endpoint.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("first", sa.BigInteger, nullable=False, comment="position of the first event not told"),
    sa.Column("last", sa.BigInteger, comment="of the last one; none while it is disabled"),
    sa.Column("since", MOMENT, nullable=False, comment="when it was disabled"),
    sa.Index("webhook_gap_endpoint", "endpoint_id", "first"),
    comment="Events that an endpoint was not told because it was disabled, and has not recovered.",
)

webhook_delivery = sa.Table(
    "webhook_delivery",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("endpoint_id", sa.ForeignKey(webhook_endpoint.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("lane", sa.Uuid, nullable=False, comment="the endpoint, or a replay; each has an order"),
    sa.Column("position", sa.BigInteger, nullable=False, comment="of the event"),
    sa.Column("event_id", sa.Uuid, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="the same bytes in every attempt"),
    sa.Column("state", sa.Text, nullable=False, comment="pending, done or dead"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", MOMENT, nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("ended_at", MOMENT),
    sa.Column("reason", sa.Text, comment="why it is dead"),
    sa.UniqueConstraint("lane", "position", name="webhook_delivery_once"),
    sa.Index("webhook_delivery_endpoint", "endpoint_id", "id"),
    sa.Index("webhook_delivery_of_event", "endpoint_id", "position"),
    sa.Index("webhook_delivery_due", "due_at", postgresql_where=sa.text("state = 'pending'")),
    sa.Index("webhook_delivery_next", "lane", "position", postgresql_where=sa.text("state = 'pending'")),
    sa.Index("webhook_delivery_dead", "endpoint_id", "id", postgresql_where=sa.text("state = 'dead'")),
    sa.Index("webhook_delivery_ended", "ended_at", postgresql_where=sa.text("ended_at IS NOT NULL")),
    comment="One event for one endpoint.",
)

webhook_attempt = sa.Table(
    "webhook_attempt",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("delivery_id", sa.ForeignKey(webhook_delivery.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("milliseconds", sa.Integer, nullable=False),
    sa.Column("status", sa.Integer, comment="of the answer; none: there was no answer"),
    sa.Column("error", sa.Text),
    sa.Column("response", sa.Text, nullable=False, comment="the beginning, without secrets"),
    sa.Index("webhook_attempt_delivery", "delivery_id", "number"),
    comment="One request, and what became of it.",
)
