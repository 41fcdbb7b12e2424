"""What happens at a moment: doing it, and telling what is to come."""

from masthead.content.scheduling.agenda import Scheduled, read_agenda
from masthead.content.scheduling.scheduler import Ran, Scheduler
from masthead.content.scheduling.state import ScheduleState, read_schedule_state

__all__ = ["Ran", "ScheduleState", "Scheduled", "Scheduler", "read_agenda", "read_schedule_state"]
