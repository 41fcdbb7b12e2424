"""Blocks in generated worlds: how they are stored, and how they are read back plainly."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from masthead.model import BlockType, ContentModel, Field, kinds

UNKNOWN = {"$": "a type that is gone", "text": "x"}
PARTS = ("", "_html", "_text", "_excerpt", "_toc", "_minutes")

ValueOf = Callable[[kinds.Kind, random.Random], Any]
"""A value of a kind, as the driver takes it; for Markdown its six values."""


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """A block as a row, with the values that a table's row would have."""

    type: BlockType
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BlockMaker:
    """Makes lists of blocks. `ids` are the entries of each type; a draft's blocks may lack anything."""

    model: ContentModel
    ids: Mapping[str, Sequence[UUID]]
    is_draft: bool
    chance: random.Random
    value_of: ValueOf

    def make(self, kind: kinds.Blocks) -> str:
        """The JSON of a list of blocks."""
        types = [self.model.block(name) for name in kind.types]
        blocks = [self._block(self.chance.choice(types)) for _ in range(self.chance.choice([0, 1, 2, 5]))]
        if self.chance.random() < 0.2:
            blocks.insert(self.chance.randint(0, len(blocks)), UNKNOWN)
        return json.dumps(blocks)

    def _block(self, block_type: BlockType) -> dict[str, Any]:
        stored: dict[str, Any] = {"$": block_type.identity}
        for field in block_type.fields:
            may_lack = field.is_nullable or self.is_draft
            if not (may_lack and self.chance.random() < 0.35):
                stored |= {key: value for key, value in self._stored(field).items() if value is not None}
        return stored

    def _stored(self, field: Field) -> dict[str, Any]:
        match field.kind:
            case kinds.Reference(target=target):
                return {field.column: self._id(target)}
            case kinds.References(target=target):
                ids = dict.fromkeys(self._id(target) for _ in range(self.chance.randint(0, 3)))
                return {field.column: [each for each in ids if each is not None]}
            case kinds.Markdown():
                values = self.value_of(field.kind, self.chance)
                named = {field.column + part: value for part, value in zip(PARTS, values, strict=True)}
                return {**named, f"{field.column}_toc": json.loads(named[f"{field.column}_toc"])}
            case kind:
                return {field.column: _spelled(kind, self.value_of(kind, self.chance))}

    def _id(self, target: str) -> str | None:
        """An entry that is there, or one that is not."""
        ids = self.ids[target]
        if not ids or self.chance.random() < 0.2:
            return str(UUID(int=self.chance.getrandbits(128)))
        return str(self.chance.choice(ids))


def read_blocks(model: ContentModel, stored: str | None) -> list[FoundBlock]:
    """The blocks whose types the model has."""
    types = {each.identity: each for each in model.blocks}
    return [
        FoundBlock(types[block["$"]], _row(types[block["$"]], block))
        for block in json.loads(stored or "[]")
        if block["$"] in types
    ]


def _row(block_type: BlockType, block: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for field in block_type.fields:
        if isinstance(field.kind, kinds.Markdown):
            row |= {field.column + part: block.get(field.column + part) for part in PARTS}
            row[f"{field.column}_toc"] = json.dumps(row[f"{field.column}_toc"])
        else:
            value = block.get(field.column)
            row[field.column] = None if value is None else _read(field.kind, value)
    return row


def _spelled(kind: kinds.Kind, value: Any) -> Any:
    match kind:
        case kinds.Float():
            return repr(value)
        case kinds.Decimal():
            return str(value)
        case kinds.Date() | kinds.DateTime():
            return value.isoformat()
        case kinds.Json():
            return json.loads(value)
        case kinds.Scalars(item=item):
            return [_spelled(item, each) for each in value]
        case _:
            return value


def _read(kind: kinds.Kind, value: Any) -> Any:
    match kind:
        case kinds.Float():
            return float(value)
        case kinds.Decimal():
            return Decimal(value)
        case kinds.Date():
            return date.fromisoformat(value)
        case kinds.DateTime():
            return datetime.fromisoformat(value)
        case kinds.Json():
            return json.dumps(value, ensure_ascii=False)
        case kinds.Reference():
            return UUID(value)
        case kinds.References():
            return [UUID(each) for each in value]
        case kinds.Scalars(item=item):
            return [_read(item, each) for each in value]
        case _:
            return value
