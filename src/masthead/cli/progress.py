"""A progress bar on a terminal, nothing elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from masthead.content import ImportProgress, Progress


@contextmanager
def shown_progress(*, is_shown: bool) -> Iterator[Progress | None]:
    """What to give to an import; the bar is gone when the block ends. On standard error."""
    if not (is_shown and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("Looking", total=None)

        def show(at: ImportProgress) -> None:
            bars.update(task, description=at.phase, completed=at.done, total=at.total or None)

        yield show
