"""Work that is done after a command, again when it fails: a queue in PostgreSQL."""

from masthead.jobs.enqueueing import enqueue, wake_workers
from masthead.jobs.handling import Handle, Handler, Handlers, JobRun, Progress, RetryJob
from masthead.jobs.job import Job

__all__ = [
    "Handle",
    "Handler",
    "Handlers",
    "Job",
    "JobRun",
    "Progress",
    "RetryJob",
    "enqueue",
    "wake_workers",
]
