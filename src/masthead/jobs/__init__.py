"""Work that is done after a command, again when it fails: a queue in PostgreSQL."""

from masthead.jobs.enqueueing import enqueue, wake_workers
from masthead.jobs.forgetting import forget_log
from masthead.jobs.handling import Handle, Handler, Handlers, JobRun, Progress, RetryJob
from masthead.jobs.job import Job
from masthead.jobs.listing import ListedJob, State, read_jobs
from masthead.jobs.managing import cancel_jobs, hasten, retry_failed, retry_jobs
from masthead.jobs.state import KindState, QueueState, read_queue_state

__all__ = [
    "Handle",
    "Handler",
    "Handlers",
    "Job",
    "JobRun",
    "KindState",
    "ListedJob",
    "Progress",
    "QueueState",
    "RetryJob",
    "State",
    "cancel_jobs",
    "enqueue",
    "forget_log",
    "hasten",
    "read_jobs",
    "read_queue_state",
    "retry_failed",
    "retry_jobs",
    "wake_workers",
]
