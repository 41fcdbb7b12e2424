"""A query string becomes parameters: each name once, percent-decoded, in the order that they were sent."""

from functools import lru_cache
from urllib.parse import unquote_plus

from masthead.rest.problem import refuse

Parameters = dict[str, str]


def read_query_string(query: bytes, longest: int) -> Parameters:
    """The parameters by name. Raises InputError."""
    if not query:
        return {}
    if len(query) > longest:
        raise refuse(
            "query-too-long",
            f"The query string has {len(query):,} bytes; the limit `query_bytes` is {longest:,}.",
            "Ask for less at once.",
        )
    found: Parameters = {}
    for pair in query.decode("latin-1").split("&"):
        if not pair:
            continue
        raw, _, value = pair.partition("=")
        name = _name(raw)
        if name in found:
            raise refuse(
                "parameter-repeated",
                f"`{name}` is given twice.",
                "Give it once; lists have commas between their values.",
                name,
            )
        found[name] = _decoded(value, name) if "%" in value or "+" in value or not value.isascii() else value
    return found


@lru_cache(maxsize=1024)
def _name(raw: str) -> str:
    """Names come again and again; what they are decoded to is kept."""
    return _decoded(raw, None)


def _decoded(raw: str, parameter: str | None) -> str:
    try:
        # Bytes beyond ASCII that were not percent-encoded are taken as the UTF-8 that they mostly are.
        return unquote_plus(raw.encode("latin-1").decode("utf-8"), errors="strict")
    except UnicodeDecodeError as error:
        raise refuse(
            "query-invalid",
            "The query string is not UTF-8 once it is percent-decoded.",
            "Encode text as UTF-8, then percent-encode it.",
            parameter,
        ) from error
