"""content.lock: who each type and field is, and what it is called in PostgreSQL, from birth on.

A name in content.py may change; an identity and a physical name never do. The file is committed
beside content.py, so that a rename is recognised, not guessed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from masthead.kernel import ModelError, Place
from masthead.model.names import snake_case

FORMAT = 1
LONGEST_NAME = 24
"""Characters of a physical name: PostgreSQL allows 63 bytes, and an index joins two names and a suffix."""


@dataclass(frozen=True, slots=True)
class LockedField:
    """A field's identity and column."""

    identity: str
    column: str


@dataclass(frozen=True, slots=True)
class LockedType:
    """A type's identity, table and fields by name."""

    identity: str
    table: str
    fields: Mapping[str, LockedField] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LockedBlock:
    """A block type's identity and fields by name; it lies in its entries' rows and has no table."""

    identity: str
    fields: Mapping[str, LockedField] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContentLock:
    """Every identity that was ever given, by the present names."""

    types: Mapping[str, LockedType] = field(default_factory=dict)
    blocks: Mapping[str, LockedBlock] = field(default_factory=dict)

    def with_type(self, name: str, field_names: Mapping[str, tuple[str, ...]]) -> "ContentLock":
        """This lock with `name` and its fields in it; what has an identity keeps it.

        `field_names` gives for each field the suffixes of its further columns ("_html" and so on).
        """
        old = self.types.get(name)
        locked = old or LockedType(_identity("type", name, self._identities()), self._free_table(name))
        fields = self._with_fields(name, locked.fields, field_names)
        return replace(self, types={**self.types, name: replace(locked, fields=fields)})

    def with_block(self, name: str, field_names: Mapping[str, tuple[str, ...]]) -> "ContentLock":
        """This lock with the block type `name` and its fields in it, as `with_type` does."""
        locked = self.blocks.get(name) or LockedBlock(_identity("block", name, self._identities()))
        fields = self._with_fields(name, locked.fields, field_names)
        return replace(self, blocks={**self.blocks, name: replace(locked, fields=fields)})

    def to_text(self) -> str:
        """The file's text: sorted JSON, so that two branches that add merge line by line."""
        types = {
            name: {
                "identity": locked.identity,
                "table": locked.table,
                "fields": _fields_to_json(locked.fields),
            }
            for name, locked in sorted(self.types.items())
        }
        blocks = {
            name: {"identity": locked.identity, "fields": _fields_to_json(locked.fields)}
            for name, locked in sorted(self.blocks.items())
        }
        # A publication without blocks has the lock that it always had.
        whole = {"format": FORMAT, "types": types} | ({"blocks": blocks} if blocks else {})
        return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"

    def _with_fields(
        self, name: str, old: Mapping[str, LockedField], field_names: Mapping[str, tuple[str, ...]]
    ) -> dict[str, LockedField]:
        fields = dict(old)
        for field_name, suffixes in field_names.items():
            if field_name not in fields:
                identity = _identity("field", f"{name}.{field_name}", self._identities())
                fields[field_name] = LockedField(
                    identity, _free_column(field_name, suffixes, fields, identity)
                )
        return fields

    def _identities(self) -> set[str]:
        owners: tuple[LockedType | LockedBlock, ...] = (*self.types.values(), *self.blocks.values())
        fields = {each.identity for locked in owners for each in locked.fields.values()}
        return fields | {locked.identity for locked in owners}

    def _free_table(self, name: str) -> str:
        wanted = snake_case(name)[:LONGEST_NAME]
        taken = {locked.table for locked in self.types.values()}
        return wanted if wanted not in taken else f"{wanted[:15]}_{_identity('table', name, taken)}"


def read_lock(path: Path) -> ContentLock:
    """The lock at `path`, empty where there is none. Raises ModelError for a file that is damaged."""
    if not path.exists():
        return ContentLock()
    try:
        return _parse(json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            "lock-damaged",
            f"This content.lock cannot be read: {error}.",
            "Restore it from version control; it records which column holds which field.",
            Place(file=str(path)),
        ) from error


def _parse(value: Any) -> ContentLock:
    if value["format"] != FORMAT:
        raise ValueError(f"its format is {value['format']}, this Masthead reads {FORMAT}")
    return ContentLock(
        {
            name: LockedType(each["identity"], each["table"], _fields_from_json(each["fields"]))
            for name, each in value["types"].items()
        },
        {
            name: LockedBlock(each["identity"], _fields_from_json(each["fields"]))
            for name, each in value.get("blocks", {}).items()
        },
    )


def _fields_to_json(fields: Mapping[str, LockedField]) -> dict[str, list[str]]:
    return {key: [each.identity, each.column] for key, each in sorted(fields.items())}


def _fields_from_json(value: Any) -> dict[str, LockedField]:
    return {key: LockedField(*pair) for key, pair in value.items()}


def _identity(species: str, name: str, taken: set[str]) -> str:
    """Eight hex digits from the birth name, so that two branches that add the same field agree."""
    for attempt in range(len(taken) + 1):
        identity = hashlib.sha256(f"{species}:{name}:{attempt}".encode()).hexdigest()[:8]
        if identity not in taken:
            return identity
    raise AssertionError("unreachable: one more attempt than identities taken")


def _free_column(
    name: str, suffixes: tuple[str, ...], fields: Mapping[str, LockedField], identity: str
) -> str:
    """The field's own name where it and its further columns clash with no other; else with identity."""
    taken = {each.column for each in fields.values()}
    stems = {column + suffix for column in taken for suffix in MARKDOWN_SUFFIXES}
    wanted = name[:LONGEST_NAME]
    is_free = wanted not in taken | stems and not taken & {wanted + suffix for suffix in suffixes}
    return wanted if is_free and len(name) <= LONGEST_NAME else f"{wanted[:15]}_{identity}"


MARKDOWN_SUFFIXES = ("_html", "_text", "_excerpt", "_toc", "_minutes")
"""The further columns of a Markdown field."""
