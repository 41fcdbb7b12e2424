"""How long what proves who somebody is lasts."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Rules:
    """`idle` and `absolute` are of sessions; the others are of one-time links, by what they are for."""

    idle: timedelta = timedelta(days=1)
    absolute: timedelta = timedelta(days=30)
    owner_link: timedelta = timedelta(days=1)
    invitation: timedelta = timedelta(days=7)
    password_link: timedelta = timedelta(hours=1)
