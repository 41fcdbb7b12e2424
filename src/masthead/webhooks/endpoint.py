"""An endpoint: an address that is told of events, and of which."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import orjson

from masthead.kernel import InputError, Place
from masthead.webhooks.condition import Condition, check_condition
from masthead.webhooks.gaps import Gap, gap_of

_TYPE = re.compile(r"[A-Za-z0-9_.]{1,100}\*?|\*")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`types` are types of events; one that ends with `*` stands for all that begin so. `condition` is over
    an event's data. `is_ordered`: an event waits until those before it have arrived, or are dead.
    It is told of events behind the position `since`; of those in `missed` it was not, as it was disabled."""

    id: UUID
    url: str
    types: tuple[str, ...]
    condition: Condition | None
    is_ordered: bool
    since: int
    created_at: datetime
    disabled_at: datetime | None = None
    disabled_reason: str | None = None
    missed: tuple[Gap, ...] = ()


def endpoint_of(row: Mapping[str, Any]) -> Endpoint:
    """Of a row of SELECT_ENDPOINT."""
    return Endpoint(
        UUID(bytes=row["id"].bytes),
        row["url"],
        tuple(row["types"]),
        None if row["condition"] is None else orjson.loads(row["condition"]),
        row["is_ordered"],
        row["since"],
        row["created_at"],
        row["disabled_at"],
        row["disabled_reason"],
        tuple(gap_of(each) for each in orjson.loads(row["missed"])),
    )


def check_url(url: str) -> str:
    """An address that can be told. Where it leads is looked at each time. Raises InputError."""
    try:
        parts = urlsplit(url)
        is_right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_right = False
    if not is_right or "@" in parts.netloc or parts.fragment or not _is_plain(url):
        raise InputError(
            "webhook-url",
            f"{url[:200]!r} is no address that events can be sent to.",
            "Give an http or https URL without user, password and fragment, percent-encoded.",
            Place(path="url"),
        )
    return url


def check_types(types: Sequence[str]) -> list[str]:
    """Types of events, each perhaps with * at its end. Raises InputError."""
    wrong = next((each for each in types if not _TYPE.fullmatch(each)), None)
    if wrong is not None or not 0 < len(types) <= 100:
        raise InputError(
            "webhook-types",
            f"{wrong[:100]!r} is no type of event."
            if wrong is not None
            else "There are no types, or over 100.",
            "Such as content.entry.published.v1, content.entry.* or *.",
            Place(path="types"),
        )
    return sorted(set(types))


def read_condition(condition: Any) -> Condition | None:
    """A condition; one that asks for nothing is none. Raises InputError."""
    if condition is None:
        return None
    check_condition(condition)
    return dict(condition) or None


def _is_plain(url: str) -> bool:
    return url.isascii() and url.isprintable() and " " not in url and "\\" not in url and len(url) <= 2000
