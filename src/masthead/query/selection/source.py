"""Where the entries of a list come from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Everything:
    """All entries of a content type."""

    type: str


@dataclass(frozen=True, slots=True)
class Referrers:
    """The entries of `type` whose `field` refers to the parent."""

    type: str
    field: str


@dataclass(frozen=True, slots=True)
class Archived:
    """All entries of a content type that are archived, which are in no stage; at the root of an answer."""

    type: str


Source = Everything | Referrers | Archived
