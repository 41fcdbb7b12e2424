"""Schedules as lines for a terminal."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from masthead.content.scheduling import Scheduled
from masthead.content.site_zone import shown_in


def lines_of_agenda(agenda: Sequence[Scheduled], zone: tzinfo) -> Iterator[str]:
    """A schedule a line, each moment in `zone`."""
    if not agenda:
        yield "Nothing is scheduled."
    subjects = max((len(each.subject) for each in agenda), default=0)
    for each in agenda:
        moment = shown_in(zone, each.due)
        line = f"{each.id}  {moment}  {each.action:9}  {each.subject:{subjects}}  {_remarks(each)}"
        yield line.rstrip()


def _remarks(each: Scheduled) -> str:
    remarks = [each.state]
    if each.is_late:
        remarks.append("late")
    if each.revision is not None:
        remarks.append(f"revision {each.revision}")
    if each.creator is not None:
        remarks.append(f"by {each.creator}")
    if each.error is not None:
        remarks.append(f"{each.error['message']} [{each.error['code']}]")
    return ", ".join(remarks)
