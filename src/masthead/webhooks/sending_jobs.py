"""Which jobs send deliveries: one a delivery, or one a lane where their order matters."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from masthead.jobs import Job

DELIVERY, LANE, SWEEP = "webhook.delivery", "webhook.lane", "webhook.sweep"
"""Kinds of jobs."""


def sending_jobs(rows: Iterable[tuple[UUID, UUID, datetime]], *, is_ordered: bool) -> list[Job]:
    """Of deliveries, each with its lane and when it is due. Of one lane, or one delivery, there is one job
    at a time, however often it is asked for."""
    if is_ordered:
        first: dict[UUID, datetime] = {}
        for _, lane, due in rows:
            first.setdefault(lane, due)
        return [Job(LANE, {"lane": str(lane)}, due, f"{LANE}:{lane}") for lane, due in first.items()]
    return [
        Job(DELIVERY, {"delivery": str(delivery)}, due, f"{DELIVERY}:{delivery}") for delivery, _, due in rows
    ]
