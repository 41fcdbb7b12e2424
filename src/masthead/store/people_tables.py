"""The platform's tables of people: accounts, what they may do, and how they prove who they are."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from masthead.store.registry import MOMENT, REGISTRY

account = sa.Table(
    "account",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("email", sa.Text, nullable=False, comment="as it was written"),
    sa.Column("email_key", sa.Text, nullable=False, unique=True, comment="normalised: who signs in with it"),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("roles", ARRAY(sa.Text), nullable=False, server_default="{}"),
    sa.Column("password", sa.Text, comment="argon2id, encoded; none for one that signs in otherwise"),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column(
        "suspended_at", MOMENT, comment="may not sign in; accounts are never deleted, history needs them"
    ),
    comment="People. Passkeys and identities of single sign-on will be tables of their own that refer here.",
)

account_group = sa.Table(
    "account_group",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("roles", ARRAY(sa.Text), nullable=False, server_default="{}"),
    sa.Column("created_at", MOMENT, nullable=False),
)

membership = sa.Table(
    "membership",
    REGISTRY,
    sa.Column("group_id", sa.ForeignKey(account_group.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("account_id", sa.ForeignKey(account.c.id, ondelete="CASCADE"), nullable=False),
    sa.PrimaryKeyConstraint("group_id", "account_id", name="membership_pkey"),
    sa.Index("membership_account", "account_id"),
)

session = sa.Table(
    "session",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False, unique=True, comment="SHA-256 of the cookie's token"),
    sa.Column("account_id", sa.ForeignKey(account.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("used_at", MOMENT, nullable=False),
    sa.Column("expires_at", MOMENT, nullable=False),
    sa.Column("address", sa.Text),
    sa.Column("agent", sa.Text),
    sa.Index("session_account", "account_id"),
)

api_token = sa.Table(
    "api_token",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False, unique=True, comment="SHA-256 of the token"),
    sa.Column("account_id", sa.ForeignKey(account.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("scopes", ARRAY(sa.Text), nullable=False, comment="actions, each for all types or for one"),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("expires_at", MOMENT),
    sa.Column("used_at", MOMENT, comment="to the minute"),
    sa.Column("revoked_at", MOMENT),
    sa.Index("api_token_account", "account_id"),
)

one_time_link = sa.Table(
    "one_time_link",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("purpose", sa.Text, nullable=False, comment="owner, invitation or password"),
    sa.Column(
        "account_id", sa.ForeignKey(account.c.id, ondelete="CASCADE"), comment="none: it makes the owner"
    ),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("expires_at", MOMENT, nullable=False),
    sa.Column("used_at", MOMENT),
    sa.Index("one_time_link_account", "account_id"),
)

attempt = sa.Table(
    "attempt",
    REGISTRY,
    sa.Column(
        "key", sa.Text, primary_key=True, comment="what is counted: an address, an account and address"
    ),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("since", MOMENT, nullable=False, comment="the last one"),
    sa.Column("blocked_until", MOMENT),
    sa.Index("attempt_since", "since"),
    comment="Failed sign-ins, counted so that an attacker is slowed and nobody else is locked out.",
)
