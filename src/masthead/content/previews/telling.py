"""Previews as the APIs are asked for them, and as they show them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from masthead.content.commands.actor import Actor
from masthead.content.previews.preview import OfLatest, OfRelease, OfRevision, Subject
from masthead.content.previews.previews import Link, Previews
from masthead.kernel import InputError, Place, utc_now

LINK = "/-/preview/"
"""Where a link leads: here, and its token."""


def link_json(link: Link, origin: str) -> dict[str, Any]:
    """What whoever may make the link may know of it: the link itself too."""
    preview = link.preview
    subject = preview.subject
    return {
        "id": preview.id,
        "kind": preview.kind,
        "entry": None if isinstance(subject, OfRelease) else subject.entry,
        "revision": subject.revision if isinstance(subject, OfRevision) else None,
        "release": subject.release if isinstance(subject, OfRelease) else None,
        "expiresAt": preview.expires_at.astimezone(UTC),
        "createdAt": preview.created_at.astimezone(UTC),
        "createdBy": preview.created_by,
        "url": f"{origin}{LINK}{link.token}",
    }


async def create_preview(
    previews: Previews, actor: Actor, expires: str | None, **subject: str | None
) -> Link:
    """A new link to one of `entry`, `revision` and `release`, until the moment `expires`. Raises as
    Previews.create does."""
    found = await _subject(
        previews, actor, {name: each for name, each in subject.items() if each is not None}
    )
    return await previews.create(found, actor, _lasts(expires))


async def _subject(previews: Previews, actor: Actor, named: dict[str, str]) -> Subject:
    if len(named) != 1:
        raise InputError(
            "body-invalid",
            f"A preview is of one thing; {len(named)} are named.",
            "Give one of `entry`, `revision` and `release`.",
        )
    ((name, value),) = named.items()
    key = read_id(value, name)
    match name:
        case "entry":
            return OfLatest(key)
        case "revision":
            return await previews.revision(key, actor)
        case _:
            return OfRelease(key)


_MOMENT: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)


def _lasts(expires: str | None) -> timedelta | None:
    if expires is None:
        return None
    try:
        return _MOMENT.validate_python(expires) - utc_now()
    except (ValidationError, OverflowError) as error:
        raise InputError(
            "body-invalid",
            f"`expires` {expires[:80]!r} is no moment.",
            "Send one with its zone, such as 2030-01-31T12:00:00Z.",
            Place(path="expires"),
        ) from error


def read_id(text: str, name: str) -> UUID:
    """An id that somebody sent. Raises InputError."""
    try:
        return UUID(text)
    except ValueError as error:
        raise InputError(
            "id-invalid",
            f"`{name}` {text[:80]!r} is not an id.",
            "Send one that this API gave.",
            Place(path=name),
        ) from error
