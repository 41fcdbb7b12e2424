"""One command that was given: who gave it, what was there before, what came of it, what is there now."""

from dataclasses import dataclass

from tests.store.content.editing.scene import Line, Scene

from masthead.content.commands import Actor, Command, Outcome
from masthead.kernel import MastheadError


@dataclass(frozen=True, slots=True)
class Step:
    """Either an outcome, or an error."""

    command: Command
    actor: Actor
    before: Scene
    after: Scene
    outcome: Outcome | None
    error: MastheadError | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """What the audit log has got by it."""
        return new_lines(self.before, self.after)


def new_lines(before: Scene, after: Scene) -> tuple[Line, ...]:
    """What the audit log has got in between."""
    return tuple(line for key, line in after.audit.items() if key not in before.audit)


def require(is_so: bool, law: str, *what: object) -> None:
    """A law that does not hold is a failure that names it."""
    if not is_so:
        raise AssertionError(f"{law}: {' | '.join(map(str, what))}")
