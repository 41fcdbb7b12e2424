"""One request that changes something, or reads what only editors see."""

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from masthead.content.commands import Actor
from masthead.kernel import InputError
from masthead.rest.problem import refuse
from masthead.rest.query_string import Parameters

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

_TAG = re.compile(r'(?:W/)?"([0-9a-fA-F-]{36})(?:\.[0-9a-f]+)?(?:-[a-z]+)?"')
"""A head's id, as a write answers it, or with a digest behind it, as a read does; then the encoding."""


@dataclass(frozen=True, slots=True)
class Call:
    """`given` are the query's parameters; `most` the bytes that a body may have."""

    method: str
    path: str
    query: bytes
    given: Parameters
    headers: Mapping[bytes, bytes]
    actor: Actor
    receive: Receive
    most: int

    @property
    def key(self) -> str | None:
        """The idempotency key."""
        found = self.headers.get(b"idempotency-key")
        return None if found is None else found.decode("latin-1")

    def only(self, *known: str) -> None:
        """Raises InputError for any other parameter."""
        for name in self.given:
            if name not in known:
                there = f"There are: {', '.join(known)}." if known else "Leave it out."
                raise refuse("parameter-unknown", f"There is no parameter `{name[:120]}` here.", there, name)

    def flag(self, name: str) -> bool:
        """`true` or `false`; false where it is not given. Raises InputError."""
        found = self.given.get(name, "false")
        if found not in ("true", "false"):
            raise refuse("value-invalid", f"`{name}` is {found[:80]!r}.", "Pass true or false.", name)
        return found == "true"

    def base(self, given: UUID | None = None) -> UUID:
        """The head that the client knows: from If-Match, the query, or the body, where it is `given`. Raises
        InputError with the code base-missing where none has it, base-unclear where they differ."""
        found = {each for each in (given, self._matching(), self._asked()) if each is not None}
        if not found:
            raise refuse(
                "base-missing",
                "The request does not say on which revision it is based.",
                'Send its ETag as If-Match: "<revision>", or `base`.',
            )
        if len(found) > 1:
            raise refuse("base-unclear", "If-Match and `base` name two revisions.", "Send one of them.")
        return found.pop()

    def _matching(self) -> UUID | None:
        header = self.headers.get(b"if-match")
        if header is None:
            return None
        match = _TAG.fullmatch(header.decode("latin-1").strip())
        return _id(match.group(1) if match else header.decode("latin-1"), "If-Match")

    def _asked(self) -> UUID | None:
        return _id(self.given["base"], "base") if "base" in self.given else None

    async def body(self, *, may_be_empty: bool = False) -> bytes:
        """The JSON, as bytes. Raises InputError for another media type and for too much."""
        found = await self._bytes()
        kind, _, options = self.headers.get(b"content-type", b"").lower().partition(b";")
        if not found and may_be_empty:
            return b""
        if kind.strip() not in (b"application/json", b"application/merge-patch+json") or not _is_utf8(
            options
        ):
            raise refuse(
                "media-type", "The body is not JSON in UTF-8.", "Send `Content-Type: application/json`."
            )
        return found

    async def fields(self) -> dict[str, Any]:
        """The object of a body. Raises InputError."""
        try:
            found = orjson.loads(await self.body())
        except orjson.JSONDecodeError as error:
            raise refuse("body-invalid", f"The body is not JSON: {error}.", "Send an object.") from error
        if not isinstance(found, dict):
            raise refuse("body-invalid", "The body is not a JSON object.", "Send the fields by name.")
        return found

    async def _bytes(self) -> bytes:
        found = bytearray()
        while True:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise refuse("body-invalid", "The body ended too early.", "Send as much as its framing says.")
            found += message.get("body", b"")
            if len(found) > self.most:
                raise refuse(
                    "body-too-long", f"The body has more than {self.most:,} bytes.", "Send less at once."
                )
            if not message.get("more_body"):
                return bytes(found)


def read_id(text: str, name: str) -> UUID:
    """An id in a path or a parameter. Raises InputError."""
    return _id(text, name)


def _id(text: str, name: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise _no_id(text, name) from None


def _no_id(text: str, name: str) -> InputError:
    return refuse(
        "id-invalid", f"`{name}` is {text[:80]!r}, which is no id.", "Pass one that this API gave.", name
    )


def _is_utf8(options: bytes) -> bool:
    key, _, value = options.strip().partition(b"=")
    return key != b"charset" or value.strip(b' "') in (b"utf-8", b"utf8")
