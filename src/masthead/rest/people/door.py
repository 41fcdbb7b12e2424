"""What a door of people is given and gives back: a request read so far as all need it, and a JSON answer."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from masthead.access import ANONYMOUS, OWNER, Viewer
from masthead.kernel import AccessError, InputError, NotFoundError, Place
from masthead.people import Client, Known
from masthead.rest.people.cookies import read_cookie
from masthead.rest.people.site import Arrival, Site, device_cookie
from masthead.rest.reply import Header

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

MOST_BODY = 16 * 1024
"""Bytes; the longest password and all scopes of a token fit in it many times."""


class Body(BaseModel):
    """The JSON of a request: nothing unknown, nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


B = TypeVar("B", bound=Body)


@dataclass(frozen=True, slots=True)
class Request:
    """One request to a door."""

    method: str
    path: str
    query: bytes
    arrival: Arrival
    viewer: Viewer
    session: UUID | None
    receive: Receive
    cookies: list[bytes]

    @property
    def client(self) -> Client:
        """Who sends it, for sessions, limits and the audit log."""
        arrival, viewer = self.arrival, self.viewer
        return Client("api", arrival.address, arrival.agent, arrival.request, viewer.account, viewer.token)

    @property
    def known(self) -> Known:
        """What the browser has of earlier."""
        name = self.arrival.cookie
        return Known(read_cookie(self.cookies, name), read_cookie(self.cookies, device_cookie(name)))

    def account(self) -> UUID:
        """Whose request it is. Raises AccessError where it is nobody's."""
        if self.viewer.account is None:
            raise AccessError(
                "not-signed-in", "Nobody is signed in.", "POST /api/session, or send an API token."
            )
        return self.viewer.account

    def person(self) -> UUID:
        """Whose session it is: what a person decides, no token does. Raises AccessError."""
        account = self.account()
        if self.session is None:
            raise AccessError("not-allowed", "No API token may do that.", "Sign in with a password.")
        return account

    def owner(self) -> UUID:
        """The owner who asks. Raises AccessError."""
        account = self.account()
        if OWNER not in self.viewer.roles:
            raise AccessError("not-allowed", "Only owners may do that.", "Ask one.")
        if not self.viewer.is_in_scope("administer"):
            raise AccessError(
                "not-allowed", "The API token may not do that.", "It needs the scope administer."
            )
        return account

    async def body(self) -> bytes:
        """The bytes. Raises InputError for too many."""
        found = bytearray()
        while True:
            message = await self.receive()
            found += message.get("body", b"")
            if len(found) > MOST_BODY:
                raise InputError(
                    "body-too-long", f"The body has more than {MOST_BODY:,} bytes.", "Send less."
                )
            if not message.get("more_body"):
                return bytes(found)

    async def read(self, model: type[B]) -> B:
        """The JSON of the body as `model`. Raises InputError, which names every field at fault."""
        kind = self.arrival.headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if kind != b"application/json":
            raise InputError("media-type", "The body is not JSON.", "Send `Content-Type: application/json`.")
        try:
            found = orjson.loads(await self.body())
        except orjson.JSONDecodeError as error:
            raise InputError("body-invalid", "The body is not JSON.", "Send an object.") from error
        try:
            return model.model_validate(found)
        except ValidationError as error:
            raise _invalid(error) from None

    def parameters(self, *known: str) -> Mapping[str, str]:
        """The query string. Raises InputError for a parameter that is not known, or given twice."""
        found: dict[str, str] = {}
        for name, value in parse_qsl(self.query.decode("latin-1"), keep_blank_values=True):
            if name not in known or name in found or "\0" in value:
                raise InputError(
                    "parameter-unknown", f"`{name[:100]}` is no parameter here, or given twice.",
                    f"There are {', '.join(known)}.", Place(path=name[:100]),
                )  # fmt: skip
            found[name] = value
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is JSON values, bytes as they are, or bytes that come bit by bit; None: nothing (204)."""

    body: Any = None
    status: int = 200
    headers: list[Header] = field(default_factory=list)
    stream: AsyncIterator[bytes] | None = None


def request_of(site: Site, scope: MutableMapping[str, Any], receive: Receive) -> Request:
    """The request that `scope` describes, behind the layer that tells who sends it."""
    return Request(
        scope["method"],
        scope["path"],
        scope["query_string"],
        site.arrival(scope),
        scope.get("masthead.viewer", ANONYMOUS),
        scope.get("masthead.session"),
        receive,
        [value for name, value in scope["headers"] if name == b"cookie"],
    )


def read_id(text: str) -> UUID:
    """An id in a path. Raises NotFoundError: what is no id is nobody's."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError("address-unknown", f"{text[:100]!r} is no id.", "List them.") from None


def _invalid(error: ValidationError) -> InputError:
    problems = [
        (".".join(map(str, each["loc"])), each["msg"].removeprefix("Value error, "))
        for each in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    told = "; ".join(f"`{path or 'body'}`: {message}" for path, message in problems[:20])
    return InputError("body-invalid", f"The body is wrong: {told}.", "", Place(path=problems[0][0]))
