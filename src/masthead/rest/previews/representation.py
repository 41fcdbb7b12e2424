"""A preview as JSON."""

from typing import Any

from masthead.content.previews import Link, OfRelease, OfRevision

LINK = "/-/preview/"


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
        "expiresAt": preview.expires_at,
        "createdAt": preview.created_at,
        "createdBy": preview.created_by,
        "url": f"{origin}{LINK}{link.token}",
    }
