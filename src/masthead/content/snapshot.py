"""The snapshot of a revision: the whole entry as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`fields` by name, as JSON values; references are ids. `extra` is what fits no field. `aliases` are
    old addresses that were stated, `former` those that the entry itself had here."""

    fields: Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Text of the JSON, without needless spaces."""
        return orjson.dumps(
            {
                "fields": self.fields,
                "extra": self.extra,
                "aliases": self.aliases,
                "former": self.former,
            }
        ).decode()

    @staticmethod
    def from_json(text: str) -> "Snapshot":
        """What `to_json` wrote, as PostgreSQL gives it back."""
        value = json.loads(text, parse_int=_number)
        return Snapshot(value["fields"], value["extra"], tuple(value["aliases"]), tuple(value["former"]))

    @property
    def old_addresses(self) -> tuple[str, ...]:
        """All addresses that lead to the entry beside its own."""
        return tuple(dict.fromkeys((*self.aliases, *self.former)))


def _number(digits: str) -> int | float:
    """`jsonb` spells 1e300 with all its digits. Integers of a snapshot have 64 bits: others are floats."""
    value = int(digits) if len(digits) <= _LONGEST else 2**63
    return value if -(2**63) <= value < 2**63 else float(digits)


_LONGEST = 20
"""Characters of -2^63."""
