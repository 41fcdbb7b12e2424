"""What one request may ask for. Each limit is refused by name, with its value and with what was sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Every bound of a request; docs/reference/rest.md says what each of them counts.

    `query_bytes` and `request_bytes` are bytes as they are sent, `cost` is rows times what each of them
    shows, all others are counts.
    """

    query_bytes: int = 8_192
    page_size: int = 500
    offset: int = 10_000
    include_depth: int = 3
    includes: int = 20
    conditions: int = 50
    filter_depth: int = 8
    values: int = 500
    sort_keys: int = 8
    cost: int = 250_000
    request_bytes: int = 1_048_576
