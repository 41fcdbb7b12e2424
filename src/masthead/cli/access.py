"""`masthead access`: what somebody may do with an entry, and by which rule."""

import asyncio
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from cyclopts import App, Parameter

if TYPE_CHECKING:
    from masthead.access import PlainEntry, Policies, Viewer
    from masthead.model import ContentModel
    from masthead.store import Database, Stage

access = App(name="access", help="Say what somebody may do with an entry, and by which rule.")


@access.command
def explain(
    user: Annotated[str, Parameter(name="USER")],
    entry: Annotated[str, Parameter(name="ENTRY")],
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    data: Path | None = None,
) -> None:
    """Say what somebody may do with an entry, and which rules decide it.

    Asks the policies that are in force. Exit status: 0 done, 2 there is no such user or entry.

    Parameters
    ----------
    user
        An account's e-mail address; "anonymous"; or "role:editor" for somebody with that role.
    entry
        Its id, or its address, such as /posts/hello.
    folder
        The publication.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """
    from masthead.kernel import InputError

    try:
        asyncio.run(_run(user, entry, folder, data))
    except InputError as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(2)


async def _run(user: str, entry: str, folder: Path, data: Path | None) -> None:
    from masthead.access import Policies
    from masthead.cli.opening import open_publication
    from masthead.content import require_folder
    from masthead.content.history import find_entry
    from masthead.kernel import NotFoundError
    from masthead.kernel.settings import read_settings
    from masthead.query import read_subject
    from masthead.store import read_applied_model, read_applied_policies

    require_folder(folder)
    async with open_publication(folder, read_settings(data=data), leaves_no_trace=True) as opened:
        model = await read_applied_model(opened.database)
        if model is None:
            raise NotFoundError(
                "nothing-imported", f"Nothing was imported from {folder} yet.", "`masthead import` does."
            )
        policies = Policies.from_json(model, await read_applied_policies(opened.database))
        viewer = await _viewer(opened.database, user)
        reader = opened.database.drafts
        subject = await read_subject(reader, model, await find_entry(reader, model, entry))
        for line in _about(user, viewer, subject):
            print(line)
        for stage in ("live", "draft"):
            for line in await _explained(opened.database, model, policies, viewer, subject, stage):
                print(line)


async def _viewer(database: "Database", user: str) -> "Viewer":
    from masthead.access import ANONYMOUS, Viewer
    from masthead.kernel import new_id

    if user == "anonymous":
        return ANONYMOUS
    if user.startswith("role:"):
        return Viewer(new_id(), frozenset(user.removeprefix("role:").split(",")))
    return await _signed_in(database, user)


async def _signed_in(database: "Database", email: str) -> "Viewer":
    """Who that account is when it signs in."""
    from masthead.access import Viewer
    from masthead.people import People

    people = People(database)
    try:
        account = await people.accounts.named(email)
    finally:
        people.close()
    rows = await database.drafts.fetch(
        "SELECT unnest(g.roles) AS role FROM masthead.account_group g "
        "JOIN masthead.membership m ON m.group_id = g.id WHERE m.account_id = $1",
        account.id,
    )
    roles = {*account.roles, *(row["role"] for row in rows)}
    return Viewer(account.id, frozenset(roles), frozenset(account.groups))


def _about(user: str, viewer: "Viewer", subject: "PlainEntry") -> Iterator[str]:
    if not viewer.is_anonymous:
        roles, groups = (", ".join(sorted(each)) or "none" for each in (viewer.roles, viewer.groups))
        yield f"{user}: roles {roles}; groups {groups}"
    yield f"{subject.type} {subject.id}: {subject.state}; {_owner(viewer, subject.owner)}"


def _owner(viewer: "Viewer", owner: UUID | None) -> str:
    if owner is None:
        return "nobody owns it"
    return "this user owns it" if owner == viewer.account else "somebody else owns it"


async def _explained(
    database: "Database",
    model: "ContentModel",
    policies: "Policies",
    viewer: "Viewer",
    subject: "PlainEntry",
    stage: "Stage",
) -> list[str]:
    from masthead.access import Action, Evaluator, explain_access
    from masthead.query import PlainEntries

    known = PlainEntries(database.drafts, model, stage)
    evaluator = Evaluator(model, policies, known.find, viewer)
    row = await known.settle(lambda: known.find(subject.type, subject.id))
    if row is None and stage == "live":
        return ["", "read what is public: no, nothing of it is public"]
    entry = row or subject
    lines: list[str] = []
    actions: tuple[Action, ...] = ("read",) if stage == "live" else ("read", "change", "publish", "delete")
    for action in actions:
        found = await known.settle(partial(explain_access, evaluator, action, entry))
        name = {"live": "read what is public", "draft": "read the newest revision"}[stage]
        but = f", but not {', '.join(found.but)}" if found.but else ""
        verdict = ("yes" if found.is_allowed else "no") + but
        lines += ["", f"{name if action == 'read' else action}: {verdict}"]
        lines += [f"  {reason}" for reason in found.reasons]
    return lines
