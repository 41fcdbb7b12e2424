"""Which media type a reply has (GraphQL over HTTP, section 6.4; RFC 9110, section 12.5.1)."""

from functools import lru_cache

RESPONSE_JSON = "application/graphql-response+json"
JSON = "application/json"


@lru_cache(maxsize=256)
def negotiate(accept: bytes) -> str | None:
    """The media type for an Accept header; None when the client takes neither.

    Without a preference it is application/json, which every client understands.
    """
    if not accept:
        return JSON
    weights = {name: weight for part in accept.decode("latin-1").split(",") for name, weight in _read(part)}
    best = max((JSON, RESPONSE_JSON), key=lambda name: _weight(weights, name))
    return best if _weight(weights, best) > 0 else None


def _read(part: str) -> list[tuple[str, float]]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weight = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8"):
            return []
        if key.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return []
    return [(name, weight)]


def _weight(weights: dict[str, float], name: str) -> float:
    for known in (name, "application/*", "*/*"):
        if known in weights:
            return weights[known]
    return 0.0
