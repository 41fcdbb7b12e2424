"""What an HTTP request asks: the parameters of GraphQL over HTTP, read from a body or a query string."""

from typing import Any, NamedTuple
from urllib.parse import parse_qs

import orjson

from masthead.graphql.errors import RefusedError, mistake

BAD_REQUEST = "BAD_REQUEST"


class Parameters(NamedTuple):
    """One operation to execute. A tuple, because one is made for every request."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


def read_body(body: bytes) -> Parameters:
    """The parameters in a JSON body. Raises RefusedError."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _bad("The body is not JSON in UTF-8.", 'Send {"query": "…"}.') from error
    if not isinstance(found, dict):
        raise _bad("The body is not a JSON object.", 'Send {"query": "…"}; batches are not taken.')
    return _check(found)


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
    return _check(found)


def _check(found: dict[str, Any]) -> Parameters:
    query, variables = found.get("query"), found.get("variables")
    name = found.get("operationName")
    if type(query) is not str or not query:
        raise _bad("`query` is missing or not text.", "Send the document there.")
    if variables is not None and type(variables) is not dict:
        raise _bad("`variables` is not an object.", "Send an object of values by variable.")
    if name is not None and type(name) is not str:
        raise _bad("`operationName` is not text.", "Leave it out, or name an operation.")
    extensions = found.get("extensions")
    if extensions is not None and type(extensions) is not dict:
        raise _bad("`extensions` is not an object.", "Leave it out.")
    return Parameters(query, variables, name or None)


def _bad(message: str, remedy: str) -> RefusedError:
    return RefusedError([mistake(BAD_REQUEST, message, remedy)])
