"""One door: what to ask of it, and who is answered."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.story.authorisation.world import World


@dataclass(frozen=True)
class Ask:
    """A request: its address, its JSON or form, its headers."""

    path: str
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, str] | None = None


Prepare = Callable[["World"], Awaitable[Ask]]

May = Literal["anyone", "person", "owner"]
"""Who is answered: anyone; anybody with a session; owners, by token, or by session where no token may."""


@dataclass(frozen=True)
class Row:
    """`operation` is "POST /api/posts", "mutation publish" or "page GET /-/account". `prepare` makes what the
    request needs. `nobody` is what those get who are not signed in. `refused_as` is the code of what even an
    owner is refused, for whom the door was opened: it can never be done."""

    operation: str
    prepare: Prepare
    may: May = "owner"
    is_session: bool = False
    nobody: int = 401
    refused_as: str | None = None

    @property
    def method(self) -> str:
        """Of the request."""
        return "POST" if self.is_mutation else self.operation.split()[-2]

    @property
    def is_page(self) -> bool:
        """Whether it sends people on instead of telling them what is wrong."""
        return self.operation.startswith("page ")

    @property
    def is_mutation(self) -> bool:
        """Whether what is refused is told in the body."""
        return self.operation.startswith("mutation ")


def always(path: str, json: Any = None, data: Mapping[str, str] | None = None) -> Prepare:
    """The same request, whatever there is."""

    async def prepare(_: "World") -> Ask:
        return Ask(path, json, data=data)

    return prepare
