"""The command line: one file a verb. A verb is imported when it is called, so that help comes at once."""

import sys
from importlib.util import find_spec

from cyclopts import App

from masthead.kernel import MastheadError

VERBS = {
    "up": ("up:up", "Serve a folder of Markdown: site and APIs on one port, until Ctrl-C."),
    "new": ("new:new", "Start a publication of your own."),
    "import": ("import_:import_", "Bring a folder of Markdown into the database."),
    "check": ("check:check", "Check a folder of Markdown. Needs no database and changes nothing."),
    "verify": ("verify:verify", "Recompute what is public from the revisions, and compare."),
    "schema": (
        "schema:schema",
        "Print the GraphQL schema, the OpenAPI document of REST or the schemas of events. Needs no database.",
    ),
    "explain": (
        "explain:explain",
        "Show the one statement of a GraphQL operation, and PostgreSQL's plan for it.",
    ),
    "user": (
        "user:user",
        "People: who may sign in, with which roles; links and API tokens for them.",
    ),
    "access": ("access:access", "Say what somebody may do with an entry, and by which rule."),
    "history": ("history:history", "Show an entry's revisions, and what differs between two of them."),
    "schedule": (
        "schedule:schedule",
        "Show what is to be published or unpublished when, and take it back.",
    ),
    "jobs": (
        "jobs:jobs",
        "Show the jobs of the worker; run again what has failed, and take jobs back.",
    ),
    "webhooks": (
        "webhooks:webhooks",
        "Tell other systems of events, and see what became of it.",
    ),
    "events": ("events:events", "Show what has happened, in order, or as it happens."),
    "preview": ("preview:preview", "Print a link that shows a draft or a release to whoever has it."),
    "serve": ("serve:serve", "Run one role by itself; settings come from the environment."),
}
"""Each verb: module of this package and function or App in it, and its one line of help."""


def make_app(called: str | None = None) -> App:
    """The whole command line. Only the verb that is `called` is imported; the others are one line each."""
    app = App(name="masthead", help="Typed content in PostgreSQL, one GraphQL API, a fast site.")
    for verb, (place, line) in VERBS.items():
        module = place.partition(":")[0]
        if find_spec(f"masthead.cli.{module}") is not None:
            app.command(f"masthead.cli.{place}", name=verb, help=None if verb == called else line)
    return app


def main() -> None:
    """The `masthead` program. Exit status: 0 done, 1 refused or failed, 130 interrupted."""
    try:
        make_app(next(iter(sys.argv[1:]), None))()
    except MastheadError as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
