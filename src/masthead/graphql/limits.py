"""What one operation may ask for. Each limit is refused by name, with the value that was too much."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`document_bytes` of UTF-8; `depth` in objects inside objects; `fields` once fragments are spread,
    because a short document can spread one a million times; `page_size` in entries."""

    document_bytes: int = 65_536
    depth: int = 20
    fields: int = 2_000
    page_size: int = 500
