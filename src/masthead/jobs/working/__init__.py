"""Running jobs, with the queue library: apart, so that who only enqueues need not load it."""

from masthead.jobs.working.worker import Worker

__all__ = ["Worker"]
