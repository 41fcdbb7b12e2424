"""Every address under `/api` that takes commands, or shows what only editors see: one table, which the
OpenAPI document and the test of authorisation read too."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from masthead.rest.address import KEY, ROOT
from masthead.rest.resource import Resource, Resources
from masthead.rest.writing.arguments import Arguments, ChangedRelease, Due, NewRelease
from masthead.rest.writing.entries import ACTIONS

BULK, RELEASES = "bulk", "releases"
"""Names under `/api` that no content type has."""

Body = Literal["fields", "bulk"] | type[Arguments] | None
"""What a request takes: an entry's fields, an array of commands, an object of arguments, or nothing."""

Answer = Literal[
    "entry", "entries", "release", "releases", "oneRelease", "revisions", "revision", "diff", "schedules"
]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path; `name` is its operation's. `is_based`: it needs the head that the client knows."""

    method: str
    path: str
    name: str
    summary: str
    answers: Answer
    takes: Body = None
    status: int = 200
    resource: Resource | None = None
    is_based: bool = False
    parameters: tuple[str, ...] = ()


def routes(resources: Resources) -> Iterator[Route]:
    """All of them, in the order of the content types."""
    for resource in resources:
        yield from _of_entries(resource)
    yield Route("POST", f"{ROOT}/{BULK}", "runCommands", "Several commands, all or none.", "entries", "bulk")
    yield from _of_releases()


def has_action(resource: Resource, action: str) -> bool:
    """Whether it can be done at all: of a singleton and of a file there is no copy."""
    is_alone = resource.type.is_singleton or resource.type.name == "Asset"
    return action in ACTIONS and not (action == "duplicate" and is_alone)


_SUMMARIES = {
    "publish": "Make the draft public.",
    "unpublish": "Take it out of what is public; it stays as a draft.",
    "schedule": "Publish or unpublish it at a moment.",
    "restore": "A new revision with the fields of an older one.",
    "duplicate": "A new draft with its fields.",
    "unarchive": "Bring it back as a draft.",
}


def _of_entries(resource: Resource) -> Iterator[Route]:
    name, is_singleton = resource.type.name, resource.type.is_singleton
    everything = f"{ROOT}/{resource.name}"
    one = everything if is_singleton else f"{everything}/{{{KEY}}}"
    own = everything if is_singleton else f"{everything}/{{id}}"
    if name != "Asset":
        yield Route(
            "POST",
            everything,
            f"add{name}",
            f"A new {name}, as a draft.",
            "entry",
            "fields",
            201,
            resource,
            parameters=("note",),
        )
    about = "A new revision. What is left out stays; null takes a value away."
    yield Route(
        "PATCH",
        one,
        f"save{name}",
        about,
        "entry",
        "fields",
        200,
        resource,
        is_based=True,
        parameters=("note", "base"),
    )
    yield Route(
        "DELETE",
        one,
        f"remove{name}",
        "Archive it; with forGood=true remove what is archived.",
        "entry",
        None,
        200,
        resource,
        is_based=True,
        parameters=("forGood", "base"),
    )
    for action, (takes, _) in ACTIONS.items():
        if not has_action(resource, action):
            continue
        status = 201 if action == "duplicate" else 200
        yield Route(
            "POST",
            f"{own}/{action}",
            f"{action}{name}",
            _SUMMARIES[action],
            "entry",
            takes,
            status,
            resource,
            is_based="base" in takes.model_fields,
        )
    yield Route(
        "GET",
        f"{own}/revisions",
        f"list{name}Revisions",
        "Its revisions, the newest first.",
        "revisions",
        resource=resource,
        parameters=("before", "page[size]"),
    )
    yield Route(
        "GET",
        f"{own}/revisions/{{revision}}",
        f"get{name}Revision",
        "What it was in one of them.",
        "revision",
        resource=resource,
    )
    yield Route(
        "GET",
        f"{own}/diff",
        f"diff{name}",
        "What differs between two revisions.",
        "diff",
        resource=resource,
        parameters=("from", "to"),
    )
    yield Route(
        "GET",
        f"{own}/schedules",
        f"list{name}Schedules",
        "What is to happen to it, and what has; the latest first.",
        "schedules",
        resource=resource,
        parameters=("page[size]",),
    )
    yield Route(
        "DELETE",
        f"{own}/schedules/{{schedule}}",
        f"unschedule{name}",
        "Cancel what is scheduled and has not run.",
        "entry",
        resource=resource,
    )


def _of_releases() -> Iterator[Route]:
    everything = f"{ROOT}/{RELEASES}"
    one = f"{everything}/{{release}}"
    paging = ("page[size]", "page[after]")
    about = "Changes to be published at one instant."
    yield Route("GET", everything, "listReleases", "All releases.", "releases", parameters=paging)
    yield Route("POST", everything, "createRelease", about, "release", NewRelease, 201)
    yield Route("GET", one, "getRelease", "One release.", "oneRelease")
    yield Route("PATCH", one, "changeRelease", "Change an open release.", "release", ChangedRelease)
    yield Route("DELETE", one, "dropRelease", "Give it up; its entries stay as they are.", "release")
    yield Route("POST", f"{one}/publish", "publishRelease", "Do all of it at one instant.", "release")
    yield Route("POST", f"{one}/schedule", "scheduleRelease", "Publish it at a moment.", "release", Due)
    about = "Cancel its publishing, where that has not run."
    yield Route("DELETE", f"{one}/schedules/{{schedule}}", "unscheduleRelease", about, "release")
