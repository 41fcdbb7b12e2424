"""The jobs that send: one a delivery, or one a lane; and one that finds what has lost its job."""

import secrets
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from masthead.jobs import Handler, Handlers, JobRun, RetryJob, enqueue
from masthead.kernel import utc_now
from masthead.store import JOBS, Database
from masthead.webhooks.attempting import Attempts, Due
from masthead.webhooks.sending_jobs import DELIVERY, LANE, SWEEP, sending_jobs

AT_ONCE = 5
"""Requests to one relaxed endpoint at a time, from one worker: one that is slow leaves room for others."""

TURN = timedelta(seconds=60)
"""How long one lane is sent before others have their turn."""

SWEEP_EVERY = timedelta(minutes=1)

_HEAD = """
SELECT id, due_at FROM masthead.webhook_delivery WHERE lane = $1 AND state = 'pending'
ORDER BY position LIMIT 1
"""
_LANE = "SELECT id, due_at FROM masthead.webhook_delivery WHERE lane = $1 AND state = 'pending'"
_FORGOTTEN = """
SELECT delivery.id, lane, due_at, is_ordered FROM masthead.webhook_delivery AS delivery
JOIN masthead.webhook_endpoint AS endpoint ON endpoint.id = endpoint_id
WHERE state = 'pending' AND due_at < $1 ORDER BY due_at LIMIT 1000
"""


class Sending:
    """What the jobs do."""

    def __init__(self, database: Database, attempts: Attempts) -> None:
        self._database = database
        self._attempts = attempts
        self._under_way: Counter[UUID] = Counter()

    def handlers(self) -> Handlers:
        """By kind. How often a delivery is attempted is not the queue's matter: a job fails when the
        database does, and is made anew by the sweep."""
        return {
            DELIVERY: Handler(self.deliver, longest=timedelta(minutes=5)),
            LANE: Handler(self.deliver_lane, longest=timedelta(minutes=10)),
            SWEEP: Handler(self.sweep, every=SWEEP_EVERY),
        }

    async def deliver(self, run: JobRun) -> None:
        """One delivery of a relaxed endpoint. Raises RetryJob."""
        due = await self._attempts.load(UUID(run.payload["delivery"]))
        if due is None:
            return
        if due.is_ordered:  # it has become that: its lane sends it in its turn
            await self._hand_over(due)
            return
        if self._under_way[due.endpoint] >= AT_ONCE:
            raise RetryJob(_soon(), "Its endpoint is busy.")
        self._under_way[due.endpoint] += 1
        try:
            later = await self._attempts.attempt(due)
        finally:
            self._under_way[due.endpoint] -= 1
        if later is not None:
            raise RetryJob(later)

    async def deliver_lane(self, run: JobRun) -> None:
        """What is to be sent in a lane, one after the other; what fails holds the others until it has
        arrived or is dead. Raises RetryJob."""
        lane, end = UUID(run.payload["lane"]), utc_now() + TURN
        while rows := await self._database.drafts.fetch(_HEAD, lane):
            if rows[0]["due_at"] > utc_now():
                raise RetryJob(rows[0]["due_at"])
            if utc_now() > end:
                raise RetryJob(utc_now(), "Others have their turn.")
            due = await self._attempts.load(UUID(bytes=rows[0]["id"].bytes))
            if due is not None and not due.is_ordered:  # it has become that: each is sent by itself
                await self._scatter(lane)
                return
            later = None if due is None else await self._attempts.attempt(due)
            if later is not None:
                raise RetryJob(later)

    async def sweep(self, _: JobRun) -> None:
        """Make the jobs of what should have been sent and was not: a job that has failed, was cancelled, or
        that an endpoint's other order needs."""
        rows = await self._database.drafts.fetch(_FORGOTTEN, utc_now() - SWEEP_EVERY)
        async with self._database.transaction() as transaction:
            for is_ordered in (False, True):
                found = [
                    (UUID(bytes=row["id"].bytes), UUID(bytes=row["lane"].bytes), row["due_at"])
                    for row in rows
                    if row["is_ordered"] is is_ordered
                ]
                await enqueue(transaction, sending_jobs(found, is_ordered=is_ordered))
            transaction.wake(JOBS)

    async def _scatter(self, lane: UUID) -> None:
        async with self._database.transaction() as transaction:
            rows = await transaction.fetch(_LANE, lane)
            found = [(UUID(bytes=row["id"].bytes), lane, row["due_at"]) for row in rows]
            await enqueue(transaction, sending_jobs(found, is_ordered=False))
            transaction.wake(JOBS)

    async def _hand_over(self, due: Due) -> None:
        async with self._database.transaction() as transaction:
            await enqueue(transaction, sending_jobs([(due.id, due.lane, utc_now())], is_ordered=True))
            transaction.wake(JOBS)


def _soon() -> datetime:
    return utc_now() + timedelta(milliseconds=1000 + secrets.randbelow(4000))
