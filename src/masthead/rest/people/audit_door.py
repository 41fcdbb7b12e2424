"""`/api/audit`: who did what, for owners; in pages, or whole as lines of JSON."""

from datetime import datetime
from typing import Any, Literal, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, Field, ValidationError, field_validator

from masthead.events import AuditFilter, export_audit, read_audit
from masthead.kernel import InputError, Place
from masthead.people import People
from masthead.rest.people.door import Answer, Body, Request
from masthead.rest.people.same_origin import Origins


class AuditFilters(Body):
    """Which lines are wanted."""

    account: UUID | None = Field(None, strict=False)
    subject: str | None = None
    action: str | None = None
    outcome: Literal["done", "refused"] | None = None
    since: AwareDatetime | None = Field(None, strict=False)
    until: AwareDatetime | None = Field(None, strict=False)

    def filter(self) -> AuditFilter:
        """What the lines must be."""
        return AuditFilter(self.account, self.subject, self.action, self.outcome, self.since, self.until)

    @field_validator("since", "until")
    @classmethod
    def _is_storable(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and not 1 < moment.year < 9999:
            raise ValueError("a moment lies in the years 2 to 9998")
        return moment


class Wanted(AuditFilters):
    """The parameters of a page."""

    after: UUID | None = Field(None, strict=False)
    size: int = Field(100, ge=1, le=1000, strict=False)


W = TypeVar("W", bound=AuditFilters)


class AuditDoor:
    """The audit log."""

    def __init__(self, people: People, _: Origins) -> None:
        self._people = people

    async def list(self, request: Request) -> Answer:
        """A page, the newest first; `next` is what `after` is for the next one."""
        request.owner()
        wanted = _wanted(request, Wanted)
        lines = await read_audit(self._people.reader, wanted.filter(), wanted.after, wanted.size)
        following = lines[-1]["id"] if len(lines) == wanted.size else None
        return Answer({"lines": lines, "next": following})

    async def export(self, request: Request) -> Answer:
        """Every line, the oldest first."""
        request.owner()
        wanted = _wanted(request, AuditFilters)
        headers = [
            (b"content-type", b"application/jsonl; charset=utf-8"),
            (b"content-disposition", b'attachment; filename="audit.jsonl"'),
        ]
        return Answer(headers=headers, stream=export_audit(self._people.reader, wanted.filter()))


def _wanted(request: Request, model: type[W]) -> W:
    given: dict[str, Any] = dict(request.parameters(*model.model_fields))
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0])
        raise InputError(
            "value-invalid", f"`{name}` is wrong: {first['msg']}.", "", Place(path=name)
        ) from None
