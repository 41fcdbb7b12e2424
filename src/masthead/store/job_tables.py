"""The tables of the job queue, as the library that keeps it (PgQueuer) wants them; decision 18.

Its trigger is left out: it would NOTIFY inside every transaction that enqueues, and that takes a global
lock at the commit. Who enqueues wakes the workers after the commit instead.
"""

from typing import TYPE_CHECKING

import sqlalchemy as sa

from masthead.store.registry import MASTHEAD, REGISTRY

if TYPE_CHECKING:
    from pgqueuer.domain.settings import DBSettings

JOBS = "masthead_jobs"
"""The channel on which workers are woken."""

job_count = sa.Table(
    "job_count",
    REGISTRY,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("outcome", sa.Text, primary_key=True, comment="done, failed, retried, interrupted, cancelled"),
    sa.Column("number", sa.BigInteger, nullable=False),
    comment="How many runs of jobs have ended how, ever. The jobs themselves are in job, and job_log.",
)


def queue_settings() -> "DBSettings":
    """What the library's tables are called here. All are given: nothing is read from the environment."""
    from pgqueuer.domain.settings import DBSettings, Durability  # half a second: only where it is used
    from pgqueuer.domain.types import Channel

    return DBSettings(
        prefix="",
        db_schema=MASTHEAD,
        channel=Channel(JOBS),
        function="job_changed",
        statistics_table="job_statistics",
        queue_status_type="job_status",
        queue_table="job",
        queue_table_log="job_log",
        trigger="job_changed",
        schedules_table="job_schedule",
        durability=Durability.durable,
        widen_id=False,
    )


def queue_statements() -> list[str]:
    """What makes the queue's tables in a database that has none."""
    from pgqueuer.adapters.persistence import schema_ddl
    from pgqueuer.domain.schema.declaration import target

    settings = queue_settings()
    schema = target(settings)
    return [
        *(schema_ddl.render_enum(each, settings) for each in schema.enums),
        *(schema_ddl.render_table(each, settings) for each in schema.tables),
        *(schema_ddl.render_index(each, settings) for each in schema.indexes),
    ]
