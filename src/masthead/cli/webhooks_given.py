"""What `masthead webhooks` is given on the command line."""

import json
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from masthead.events import Origin
from masthead.kernel import InputError

CLI = Origin("cli")


def given_id(text: str) -> UUID:
    """An id. Raises InputError."""
    try:
        return UUID(text)
    except ValueError:
        raise InputError(
            "id-invalid", f'"{text}" is no id.', "`masthead webhooks list` shows them."
        ) from None


def given_moment(text: str, zone: tzinfo) -> datetime:
    """A moment, in `zone` where it has no offset. Raises InputError."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            "moment-invalid", f'"{text}" is no moment.', "Such as 2027-01-05T09:00, or 2027-01-05T09:00Z."
        ) from None
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def given_condition(text: str | None) -> Any:
    """JSON; None where nothing is given. Raises InputError."""
    try:
        return None if text is None else json.loads(text)
    except ValueError as error:
        raise InputError(
            "webhook-condition", f"The condition is no JSON: {error}.", 'Such as {"type": "post"}.'
        ) from None
