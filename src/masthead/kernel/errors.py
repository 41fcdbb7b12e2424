"""The one error tree.

MastheadError               code, message, remedy, place; private context; can a retry help
├── InputError              what a person or program gave us is wrong
│   ├── ModelError          a content type is wrong, or differs from the database
│   └── NotFoundError       what was asked for is not there
├── ConflictError           two things claim the same name, place or port
├── AccessError             who asks may not do that
└── UnavailableError        something we depend on does not answer; a retry can help
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where the fault lies: a file's line and column (both counted from 1) or a field's path."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str | None = None

    def __str__(self) -> str:
        spot = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return " ".join(part for part in (spot, self.path) if part)


@dataclass(eq=False)
class MastheadError(Exception):
    """Anything that Masthead refuses or cannot do.

    `message` and `remedy` are public: they name the thing at fault and what to do next.
    `context` is private: it goes to the log and never into a reply.
    """

    code: str
    message: str
    remedy: str = ""
    place: Place | None = None
    context: Mapping[str, object] = field(default_factory=dict)

    is_retryable = False

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place and str(self.place) else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{where}{self.message}{remedy} [{self.code}]"


class InputError(MastheadError):
    """What a person or a program gave us is wrong."""


class ModelError(InputError):
    """A content type is wrong, or differs from the database."""


class NotFoundError(InputError):
    """What was asked for is not there."""


class ConflictError(MastheadError):
    """Two things claim the same name, place or port."""


class AccessError(MastheadError):
    """Who asks is not signed in (`not-signed-in`) or may not do that (`not-allowed`)."""


class UnavailableError(MastheadError):
    """Something that Masthead depends on does not answer."""

    is_retryable = True
