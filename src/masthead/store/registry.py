"""The platform's own tables, schema `masthead`: entries, their revisions, and where they came from.

Revisions are the truth. The tables of the content types are their projections.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BYTEA, JSONB, TIMESTAMP

MASTHEAD, LIVE, DRAFT = "masthead", "live", "draft"
REGISTRY = sa.MetaData(schema=MASTHEAD)
MOMENT = TIMESTAMP(timezone=True)

entry = sa.Table(
    "entry",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("type", sa.Text, nullable=False, comment="identity of the content type (content.lock)"),
    sa.Column("head", sa.Uuid, nullable=False, comment="the newest revision"),
    sa.Column("published", sa.Uuid, comment="the revision that is public; none while it is a draft"),
    sa.Column("is_derived", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.Column("published_at", MOMENT, comment="when it was first published"),
    sa.Column("archived_at", MOMENT),
    sa.Column("owner", sa.Uuid, comment="the account whose entry it is; none for an imported one"),
    sa.Column(
        "is_edited",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="a command has changed it since a file was imported into it: imports leave it alone",
    ),
    sa.Index("entry_type", "type"),
    sa.Index("entry_owner", "owner"),
    comment="Every entry of every type. is_derived: made by an import because others refer to it.",
)

revision = sa.Table(
    "revision",
    REGISTRY,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("entry_id", sa.ForeignKey(entry.c.id, deferrable=True, initially="DEFERRED"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False, comment="1 for an entry's first"),
    sa.Column("snapshot", JSONB, nullable=False, comment="{fields, extra, aliases, former}"),
    sa.Column("model", sa.Text, nullable=False, comment="digest of the ContentModel it was made under"),
    sa.Column("author", sa.Uuid, comment="the account that made it"),
    sa.Column("token", sa.Uuid, comment="the API token that was used"),
    sa.Column(
        "base", sa.Uuid, comment="the revision that it was made on; another than the one before it: merged"
    ),
    sa.Column("source", sa.Text, nullable=False, comment="import, studio, api, schedule, cli"),
    sa.Column("note", sa.Text),
    sa.Column("created_at", MOMENT, nullable=False),
    sa.UniqueConstraint("entry_id", "number", name="revision_number"),
    comment="Append-only: the whole entry at a moment.",
)

revision_file = sa.Table(
    "revision_file",
    REGISTRY,
    sa.Column("revision_id", sa.ForeignKey(revision.c.id, deferrable=True, initially="DEFERRED")),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("content", BYTEA, nullable=False),
    sa.PrimaryKeyConstraint("revision_id", name="revision_file_pkey"),
    comment="The exact bytes of the file that an imported revision was made from.",
)

source_file = sa.Table(
    "source_file",
    REGISTRY,
    sa.Column("origin", sa.Text, nullable=False, comment="which folder: a name, not a place on a disk"),
    sa.Column("path", sa.Text, nullable=False, comment="relative, with forward slashes"),
    sa.Column("digest", sa.Text, nullable=False, comment="SHA-256 of the bytes, hex"),
    sa.Column("entry_id", sa.ForeignKey(entry.c.id, deferrable=True, initially="DEFERRED"), nullable=False),
    sa.Column(
        "context", sa.Text, nullable=False, server_default="", comment="digest of what else the import read"
    ),
    sa.Column("facts", JSONB, nullable=False, comment="what the file claims and links to, without its text"),
    sa.PrimaryKeyConstraint("origin", "path", name="source_file_pkey"),
    comment="Which file became which entry, so that a second import recognises it.",
)

link = sa.Table(
    "link",
    REGISTRY,
    sa.Column(
        "stage", sa.Text, nullable=False, comment="live: of the published revision; draft: of the head"
    ),
    sa.Column("owner", sa.ForeignKey(entry.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("target", sa.ForeignKey(entry.c.id, ondelete="CASCADE"), nullable=False),
    sa.PrimaryKeyConstraint("owner", "target", "stage", name="link_pkey"),
    sa.Index("link_target", "target", "stage"),
    comment="Which entry refers to which, in its fields or its text: what is projected anew when an address "
    "or a publication changes, and what keeps a derived entry public.",
)

applied_model = sa.Table(
    "applied_model",
    REGISTRY,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("model", JSONB, nullable=False),
    sa.Column("applied_at", MOMENT, nullable=False, server_default=sa.func.now()),
    comment="The content models that the tables have had; the last one is in force.",
)

PUBLIC = sa.MetaData(schema=LIVE)

route = sa.Table(
    "_route",
    PUBLIC,
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("entry_id", sa.Uuid, nullable=False),
    sa.Column("is_canonical", sa.Boolean, nullable=False),
    sa.Index("_route_entry", "entry_id"),
    sa.Index("_route_canonical", "entry_id", unique=True, postgresql_where=sa.text("is_canonical")),
    comment="Every public address: an entry's own, and the old ones that lead to it.",
)

generation = sa.Table(
    "_generation",
    PUBLIC,
    sa.Column("is_only", sa.Boolean, primary_key=True, server_default=sa.true()),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.CheckConstraint("is_only", name="_generation_one_row"),
    comment="One row; rises in every transaction that changes what is public.",
)

RAISE_GENERATION = f"UPDATE {LIVE}._generation SET number = number + 1"  # noqa: S608 - a name of ours
"""The last that a transaction does which has changed what is public: others that do so wait here."""
