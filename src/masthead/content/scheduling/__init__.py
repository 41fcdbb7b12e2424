"""What happens at a moment: doing it, and telling what is to come."""

from masthead.content.scheduling.scheduler import Ran, Scheduler

__all__ = ["Ran", "Scheduler"]
