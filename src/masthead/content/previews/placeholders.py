"""What stands where a draft lacks something that is never missing in public: a page can be made of it.

Only a preview has them. A whole entry is left as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID, uuid5

from masthead.content.blocks import known_blocks, value_of
from masthead.model import ContentModel, ContentType, Field, kinds

UNTITLED = "Untitled"

_NAMESPACE = UUID("6d8f4f0a-0d0c-5d39-9a55-3f1f6f1b7a11")
"""Of the ids of entries that stand for those that are not there: the same for a type each time."""


def placeholder_id(content_type: ContentType) -> UUID:
    """The id of what stands for any entry of a type."""
    return uuid5(_NAMESPACE, content_type.identity)


@dataclass(frozen=True, slots=True)
class Placeholders:
    """Fills what is missing. `is_there` tells whether the preview has an entry; `wanted` is told each type
    of which it needs one that stands for another."""

    model: ContentModel
    now: datetime
    is_there: Callable[[str], bool]
    wanted: Callable[[ContentType], None]

    def filled(self, content_type: ContentType, entry: UUID, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields with a value wherever the public must find one."""
        found = dict(fields)
        for field in content_type.fields:
            if isinstance(field.kind, kinds.Blocks) and fields.get(field.name):
                found[field.name] = self._blocks(fields[field.name], entry)
            elif self._is_missing(field, fields):
                found[field.name] = self._value(field.kind, entry)
        return found

    def _blocks(self, value: Any, entry: UUID) -> list[Any]:
        filled = list(value)
        for index, block_type, block in known_blocks(self.model, value):
            # A reference of a block may always lead nowhere: no foreign key keeps it.
            lacking = [
                field
                for field in block_type.fields
                if not isinstance(field.kind, kinds.Reference) and self._is_missing(field, block)
            ]
            filled[index] = {**block, **{each.name: self._value(each.kind, entry) for each in lacking}}
        return filled

    def _is_missing(self, field: Field, fields: Mapping[str, Any]) -> bool:
        if field.is_nullable:
            return False
        value = value_of(field, fields)
        if isinstance(field.kind, kinds.Reference):
            return value is None or not self.is_there(value)
        return value is None

    def _value(self, kind: kinds.Kind, entry: UUID) -> Any:
        match kind:
            case kinds.Text(max_length=longest):
                return UNTITLED[:longest]
            case kinds.Slug():
                return f"untitled-{entry.hex[-12:]}"
            case kinds.Integer(minimum=least) | kinds.Float(minimum=least):
                return least if least is not None and least > 0 else 0
            case kinds.Decimal(minimum=text):
                return text if text is not None and not text.startswith("-") else "0"
            case kinds.Boolean():
                return False
            case kinds.Date():
                return self.now.date().isoformat()
            case kinds.DateTime():
                return self.now.isoformat()
            case kinds.Enumeration(values=values):
                return values[0]
            case kinds.Url():
                return "/"
            case kinds.Json():
                return {}
            case kinds.Markdown():
                return ""
            case kinds.References() | kinds.Scalars() | kinds.Blocks():
                return []
            case kinds.Reference(target=target):
                self.wanted(self.model[target])
                return str(placeholder_id(self.model[target]))
            case _:
                assert_never(kind)
