"""Jobs as lines for a terminal."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from masthead.content.site_zone import shown_in
from masthead.jobs import ListedJob, Progress


def lines_of_jobs(jobs: Sequence[ListedJob], zone: tzinfo) -> Iterator[str]:
    """A job a line, each moment in `zone`."""
    if not jobs:
        yield "There are no jobs."
    numbers = max((len(str(each.id)) for each in jobs), default=0)
    kinds = max((len(each.kind) for each in jobs), default=0)
    for each in jobs:
        moment = shown_in(zone, each.due)
        line = f"{each.id:>{numbers}}  {moment}  {each.state}  {each.kind:{kinds}}  {_remarks(each)}"
        yield line.rstrip()


def _remarks(job: ListedJob) -> str:
    remarks = []
    if job.attempts:
        remarks.append(f"attempt {job.attempts}")
    if job.key is not None and job.key != f"every:{job.kind}":
        remarks.append(f"key {job.key}")
    if job.progress is not None:
        remarks.append(_told(job.progress))
    if job.error is not None:
        remarks.append(job.error.replace("\n", " "))
    return ", ".join(remarks)


def _told(progress: Progress) -> str:
    share = f"{progress.done}" if progress.total is None else f"{progress.done} of {progress.total}"
    return f"{share} {progress.note}".rstrip()
