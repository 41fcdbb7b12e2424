"""Entries of the model that has every kind of field, as commands take them: whole, and a little different
each time."""

from typing import Any
from uuid import UUID

BODY = "# Heading\n\nText with `code`, [a link](https://example.org) and **more**.\n"


def person(name: str, **fields: Any) -> dict[str, Any]:
    """A Person."""
    return {"name": name, "remarks": [{"type": "Small", "text": name}], **fields}


def gadget(label: str, number: int, owner: UUID, **fields: Any) -> dict[str, Any]:
    """A Gadget with something in almost every field."""
    return {
        "label": label,
        "rank": number / 8,
        "weight": 0.1 * number,
        "serial": 2**53 + number,
        "big": -number,
        "stock": number,
        "cost": f"{number}.50",
        "price": "0.000000000000000001",
        "is_new": number % 2 == 0,
        "made": f"2024-02-{number + 1:02}",
        "seen": "2024-02-29T23:59:59.999999+00:00",
        "status": ["draft", "in-review", "2nd"][number % 3],
        "mood": "GOOD",
        "data": {"a": [1, 2.5, None, "ü"], "": {"b": True}},
        "home": "https://example.org/?a=1&b=2",
        "body": BODY,
        "owner": str(owner),
        "words": ["b", "a", 'quo"te', "com,ma", "null", ""],
        "counts": [number, 2**60],
        "prices": ["1.10", "-0.3"],
        "rates": [0.1, 1e15],
        "days": ["2024-02-29"],
        "moments": ["2024-02-29T23:59:59.5+02:00"],
        "flags": [True, False],
        "moods": ["GOOD", "BAD"],
        "sections": [mixed(number), {"type": "Small", "text": None, "of": str(owner)}],
        **fields,
    }


def mixed(number: int, **fields: Any) -> dict[str, Any]:
    """A block with everything in it that must be."""
    return {
        "type": "Mixed",
        "text": f"Block {number}",
        "small": number % 10,
        "rank": number / 3,
        "cost": "12.00",
        "day": "2024-01-01",
        "seen": "2024-01-01T00:00:00+00:00",
        "status": "2nd",
        "data": [number],
        "body": BODY,
        "prices": ["3.30"],
        **fields,
    }
