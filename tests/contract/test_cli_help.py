"""The help of every verb, as committed: a change of the command line is seen in review.

MASTHEAD_ACCEPT=1 writes the snapshot anew.
"""

import io
import os
from pathlib import Path

import pytest
from cyclopts import App
from rich.console import Console

from masthead.cli import VERBS, make_app

SNAPSHOTS = Path(__file__).parent / "cli_help"
VERBS_AND_ROLES = [(), *((verb,) for verb in VERBS), ("serve", "api"), ("serve", "site")]
VERBS_AND_ROLES += [("serve", "worker"), ("serve", "relay"), ("schedule", "list"), ("schedule", "cancel")]
VERBS_AND_ROLES += [("user", each) for each in ("add", "invite", "reset", "roles", "token")]
VERBS_AND_ROLES += [("jobs", each) for each in ("list", "failed", "retry", "cancel")]
VERBS_AND_ROLES += [("webhooks", each) for each in ("list", "add", "change", "remove", "rotate")]
VERBS_AND_ROLES += [
    ("webhooks", each) for each in ("deliveries", "show", "resend", "replay", "recover", "redrive")
]
VERBS_AND_ROLES += [("history", "prune"), ("access", "explain")]


def help_of(app: App, *tokens: str) -> str:
    """What `masthead … --help` prints, 100 columns wide, without colours."""
    stream = io.StringIO()
    console = Console(file=stream, width=100, color_system=None, force_terminal=False, legacy_windows=False)
    app.help_print(list(tokens), console=console)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


@pytest.mark.parametrize("tokens", VERBS_AND_ROLES, ids=lambda tokens: "-".join(tokens) or "masthead")
def test_help_is_as_committed(tokens: tuple[str, ...]) -> None:
    """Options, arguments and their words are a public face."""
    file = SNAPSHOTS / f"{'-'.join(('masthead', *tokens))}.txt"
    current = help_of(make_app(next(iter(tokens), None)), *tokens)
    if os.environ.get("MASTHEAD_ACCEPT") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_text(current, "utf-8")
    assert file.read_text("utf-8") == current


@pytest.mark.parametrize("verb", VERBS)
def test_a_verbs_line_is_its_own_first_line(verb: str) -> None:
    """The list of verbs, written apart so that it comes at once, says what each verb says."""
    assert make_app(verb)[verb].help.split("\n", 1)[0] == VERBS[verb][1]
