"""What an HTTP request asks: the parameters of GraphQL over HTTP, read from a body or a query string."""

from typing import Any, NamedTuple
from urllib.parse import parse_qs

import orjson

from masthead.graphql.errors import RefusedError, mistake

BAD_REQUEST = "BAD_REQUEST"

SHA256 = 64
"""Characters of a SHA-256 in hexadecimal."""

LONGEST_ID = 512
"""Characters of a document's id: a digest with its method before it, or a name."""


class Parameters(NamedTuple):
    """One operation to execute. A tuple, because one is made for every request.

    `query` is empty where `document_id` or the operation's name stands for a document that the server
    has. `is_apq` says that the id is one of Apollo's persisted queries, so `query` is to be kept.
    """

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    document_id: str | None = None
    is_apq: bool = False


def read_body(body: bytes, batch: int) -> Parameters | list[Parameters]:
    """The parameters in a JSON body; a list of them for a batch, of at most `batch`. Raises RefusedError."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _bad("The body is not JSON in UTF-8.", 'Send {"query": "…"}.') from error
    if isinstance(found, dict):
        return read_parameters(found)
    if isinstance(found, list):
        return _read_batch(found, batch)
    raise _bad("The body is not a JSON object.", 'Send {"query": "…"}.')


def read_query_string(query: bytes) -> Parameters:
    """The parameters in a URL. Raises RefusedError."""
    found: dict[str, Any] = {
        name: values[-1] for name, values in parse_qs(query.decode("latin-1"), keep_blank_values=True).items()
    }
    for name in ("variables", "extensions"):
        try:
            found[name] = orjson.loads(found.get(name) or b"null")
        except orjson.JSONDecodeError as error:
            raise _bad(f"`{name}` is not JSON.", "Encode it as a JSON object.") from error
    return read_parameters(found)


def _read_batch(found: list[Any], batch: int) -> list[Parameters]:
    if not found:
        raise _bad("The batch is empty.", 'Send {"query": "…"}.')
    if len(found) > batch:
        message = f"The request is a batch of {len(found):,} operations; the limit `batch` is {batch:,}."
        remedy = "Send fewer at once." if batch else "Send one operation a request."
        raise RefusedError([mistake("BATCH_EXCEEDED", message, remedy)])
    if not all(isinstance(each, dict) for each in found):
        raise _bad("The batch holds what is not a JSON object.", 'Send [{"query": "…"}].')
    return [read_parameters(each) for each in found]


def read_parameters(found: dict[str, Any]) -> Parameters:
    """The parameters of one operation, of JSON. Raises RefusedError."""
    query, variables = found.get("query"), found.get("variables")
    name, extensions = found.get("operationName"), found.get("extensions")
    if variables is not None and type(variables) is not dict:
        raise _bad("`variables` is not an object.", "Send an object of values by variable.")
    if name is not None and type(name) is not str:
        raise _bad("`operationName` is not text.", "Leave it out, or name an operation.")
    if extensions is not None and type(extensions) is not dict:
        raise _bad("`extensions` is not an object.", "Leave it out.")
    document_id, is_apq = None, False
    if extensions or "documentId" in found:
        document_id, is_apq = _document_id(found, extensions or {})
    if type(query) is not str or not query:
        if query or (document_id is None and not name):
            raise _bad("`query` is missing or not text.", "Send the document there.")
        query = ""
    return Parameters(query, variables, name or None, document_id, is_apq)


def _document_id(found: dict[str, Any], extensions: dict[str, Any]) -> tuple[str | None, bool]:
    """The id of a document: `documentId` (GraphQL over HTTP, appendix "Persisted Documents"), or
    `persistedQuery` as Apollo's clients send it."""
    persisted = extensions.get("persistedQuery")
    if persisted is not None:
        if type(persisted) is not dict or persisted.get("version") != 1:
            raise _bad("Unsupported persisted query version.", "Send version 1.")
        digest = persisted.get("sha256Hash")
        if type(digest) is str and len(digest) == SHA256:
            return digest, True
        return _id(digest, "extensions.persistedQuery.sha256Hash"), True
    given = found.get("documentId")
    return (None if given is None else _id(given, "documentId")), False


def _id(value: Any, name: str) -> str:
    if type(value) is not str or not 0 < len(value) <= LONGEST_ID:
        raise _bad(f"`{name}` is no id.", f"Send 1 to {LONGEST_ID} characters.")
    return value


def _bad(message: str, remedy: str) -> RefusedError:
    return RefusedError([mistake(BAD_REQUEST, message, remedy)])
