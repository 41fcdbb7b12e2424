"""Documents that a request only names: persisted by clients, or trusted by whoever runs the server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from masthead.graphql.errors import RefusedError, mistake
from masthead.graphql.request import Parameters
from masthead.query import Cache

MOST_PERSISTED = 10_000
"""Documents that clients may persist, beside the bound in bytes."""

_DIGEST = "sha256:"


Found = tuple[str, str | None, bool]
"""A document, the name of its operation, and whether the request only named it: such replies may be kept by
their URL. A plain tuple, because one is made for every request."""


@dataclass(frozen=True, slots=True)
class TrustedOperations:
    """Documents by id (a digest or what a manifest calls them), and by the names of their operations."""

    by_id: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, str] = field(default_factory=dict)

    def find(self, document_id: str) -> str | None:
        """The document with this id or name."""
        return self.by_id.get(document_id.removeprefix(_DIGEST)) or self.by_name.get(document_id)


class Documents:
    """Finds the document of a request. `capacity` is the memory for what clients persist, in bytes of
    UTF-8 at least; 0 persists nothing."""

    def __init__(
        self, trusted: TrustedOperations | None = None, *, is_strict: bool = False, capacity: int = 8 * 2**20
    ) -> None:
        self.is_strict = is_strict
        self.persisted: Cache[str, str] = Cache(MOST_PERSISTED if capacity else 0, capacity)
        self._trusted = trusted or TrustedOperations()
        self._texts = {*self._trusted.by_id.values(), *self._trusted.by_name.values()}
        self._takes_apq = capacity > 0 and not is_strict

    def find(self, asked: Parameters) -> Found:
        """The document to execute. Raises RefusedError."""
        document, name, identity = asked.query, asked.operation_name, asked.document_id
        if identity is None:
            if document and not self.is_strict:
                return document, name, False
        elif not document and (kept := self.persisted.get(identity)) is not None:
            return kept, name, True
        trusted = self._trusted.find(identity or name or "") if identity or not document else document
        if trusted in self._texts:
            return trusted or "", name, True
        if self.is_strict or identity is None:
            raise _refused(*_NOT_TRUSTED)
        return self._persisted(identity, asked), name, True

    def _persisted(self, identity: str, asked: Parameters) -> str:
        if asked.is_apq and not self._takes_apq:
            raise _refused(*_NOT_SUPPORTED)
        if asked.is_apq and asked.query:
            encoded = asked.query.encode("utf-8", "replace")
            if sha256(encoded).hexdigest() != identity:
                raise _refused(*_MISMATCH)
            self.persisted.put(identity, asked.query, len(encoded))
            return asked.query
        known = self.persisted.get(identity.removeprefix(_DIGEST))
        if known is None:
            raise _refused(*_NOT_FOUND)
        return known


_NOT_FOUND = (
    "PERSISTED_QUERY_NOT_FOUND",
    "PersistedQueryNotFound",
    "Send the document once, with its SHA-256.",
    200,
)
"""Apollo's clients read this message or this code in a reply of status 200, and then send the document."""

_NOT_SUPPORTED = (
    "PERSISTED_QUERY_NOT_SUPPORTED",
    "PersistedQueryNotSupported",
    "Send the document each time.",
    200,
)
_MISMATCH = (
    "PERSISTED_QUERY_HASH_MISMATCH",
    "The SHA-256 is not that of the document.",
    "Hash the very text that is sent, in UTF-8.",
    400,
)
_NOT_TRUSTED = (
    "OPERATION_NOT_TRUSTED",
    "This server executes registered operations only, and this is none of them.",
    "Send the id or the name of one, or its very text.",
    403,
)


def _refused(code: str, message: str, remedy: str, status: int) -> RefusedError:
    error = mistake(code, message, remedy)
    if status == 200:  # what clients compare is the whole message
        error.message = message
    return RefusedError([error], status)
