"""What `masthead up` tells the person who started it: short, and the same wherever it is read."""

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from masthead.kernel import MastheadError

if TYPE_CHECKING:  # the screen is there long before what it shows
    from masthead.content import ImportProgress


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import brought: how many entries are public now, and what is wrong with which file."""

    entries: int
    problems: tuple[str, ...]


class Screen:
    """Standard output of the supervisor."""

    def __init__(self, folder: str, stream: TextIO | None = None) -> None:
        self._folder = folder
        self._console = Console(file=stream, highlight=False, soft_wrap=True)
        self._start = perf_counter()

    def started(self, address: str, outcome: Outcome, owner_link: str | None = None) -> None:
        """Everything answers. `owner_link` makes the owner, where there is nobody yet."""
        seconds = perf_counter() - self._start
        show = self._console.print
        show()
        show(Text.assemble(("  Masthead", "bold"), f" serves {self._folder}", (f"  {seconds:.1f} s", "dim")))
        show()
        show(Text.assemble(("  Site     ", "dim"), (f"{address}/", "bold cyan")))
        show(Text.assemble(("  GraphQL  ", "dim"), f"{address}/graphql"))
        show(Text.assemble(("  Content  ", "dim"), _entries(outcome)))
        if owner_link:
            show(Text.assemble(("  Owner    ", "dim"), owner_link))
            show(Text("           Open it to become the owner: once, within a day.", "dim"))
        show()
        self._problems(outcome)
        show(Text("  A saved file shows at once. Ctrl-C stops.", "dim"))
        show()

    def progress(self, at: "ImportProgress") -> None:
        """How far an import is: one line that is written over, on a terminal only."""
        if self._console.is_terminal:
            end = "\n" if at.done >= at.total else "\r"
            self._console.print(Text(f"  {at.phase} {at.done:,} of {at.total:,}", "dim"), end=end)

    def brought_in(self, outcome: Outcome) -> None:
        """Files were saved, and what became of them."""
        self._problems(outcome)

    def refused(self, error: MastheadError) -> None:
        """What was saved cannot be; all is as it was before."""
        self._console.print(Text(f"  {error}\n", "yellow"))

    def stopped(self) -> None:
        """Nothing runs any longer."""
        self._console.print(Text("  Stopped.", "dim"))

    def _problems(self, outcome: Outcome) -> None:
        if not outcome.problems:
            return
        count = len(outcome.problems)
        noun = "file was" if count == 1 else "files were"
        self._console.print(Text(f"  {count} {noun} not brought in:", "yellow"))
        for problem in outcome.problems[:5]:
            self._console.print(Text(f"    {problem}"))
        if count > 5:
            self._console.print(Text(f"    and {count - 5} more"))
        self._console.print(
            Text.assemble("  ", ("masthead check", "bold"), f" {self._folder} lists them all.\n")
        )


def _entries(outcome: Outcome) -> str:
    return f"{outcome.entries:,} public {'entry' if outcome.entries == 1 else 'entries'}"
