"""What the doors of webhooks take: bodies and query strings."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BeforeValidator, Field, model_validator

from masthead.rest.people.door import Body
from masthead.webhooks import Wanted


class ChangedWebhook(Body):
    """What `PATCH /api/webhooks/{id}` takes: what is to be otherwise."""

    url: str | None = None
    types: list[str] | None = None
    condition: dict[str, Any] | None = None
    ordered: bool | None = None
    enabled: bool | None = None

    def wanted(self) -> Wanted:
        """As the room has it."""
        return Wanted(self.url, self.types, self.condition, self.ordered, self.enabled)


class NewWebhook(Body):
    """What `POST /api/webhooks` takes. Without `types` it is told of all."""

    url: str
    types: list[str] | None = None
    condition: dict[str, Any] | None = None
    ordered: bool | None = None

    def wanted(self) -> Wanted:
        """As the room has it."""
        return Wanted(self.url, self.types, self.condition, self.ordered)


class Range(Body):
    """What `POST /api/webhooks/{id}/replay` takes: positions of events, both of them included."""

    first: int = Field(ge=1, le=2**62)
    last: int = Field(ge=1, le=2**62)


def _text(value: Any) -> Any:
    if not isinstance(value, str | None):
        raise ValueError("a moment is text")
    return value


Moment = Annotated[AwareDatetime, Field(strict=False)]


class Lost(Body):
    """What `POST /api/webhooks/{id}/recover` takes: a moment, or a position, from which on; and perhaps a
    moment before which."""

    since: Annotated[Moment | None, BeforeValidator(_text)] = None
    first: int | None = Field(None, ge=1, le=2**62)
    until: Annotated[Moment | None, BeforeValidator(_text)] = None

    @model_validator(mode="after")
    def _has_a_beginning(self) -> Self:
        if (self.since is None) is (self.first is None):
            raise ValueError("give `since` or `first`, one of them")
        return self


class Redriven(Body):
    """What `POST /api/webhooks/{id}/redrive` takes: one dead letter, or all."""

    delivery: UUID | None = Field(None, strict=False)


class DeliveryPage(Body):
    """The parameters of a page of deliveries: `before` is the `next` of the page before."""

    state: Literal["pending", "done", "dead"] | None = None
    before: UUID | None = Field(None, strict=False)
    size: int = Field(50, ge=1, le=500, strict=False)
