"""Entries and their fields over plain rows: references are looked up, those that refer searched for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.store.query.oracle.blocks import FoundBlock, read_blocks
from tests.store.query.oracle.filters import Related
from tests.store.query.oracle.leaves import leaf

from masthead.model import ContentModel, ContentType, Field, camel_case, kinds

MARKDOWN_COLUMNS = {
    "source": "",
    "html": "_html",
    "text": "_text",
    "excerpt": "_excerpt",
    "readingTime": "_minutes",
}


@dataclass(frozen=True, slots=True)
class Found:
    """An entry."""

    type: ContentType
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entries:
    """All entries, by type, and the links of their lists of references, by type and field."""

    model: ContentModel
    rows: Mapping[str, list[dict[str, Any]]]
    links: Mapping[tuple[str, str], list[dict[str, Any]]]

    def find(self, type_name: str, entry_id: UUID | None) -> Found | None:
        """The entry of a type with an id."""
        for row in self.rows[type_name]:
            if row["id"] == entry_id:
                return Found(self.model[type_name], row)
        return None

    def row(self, type_name: str, entry_id: UUID | None) -> dict[str, Any] | None:
        """Its row."""
        found = self.find(type_name, entry_id)
        return found.row if found else None

    def own_field(self, found: Found | FoundBlock, each: Field) -> Any:
        """The value of a field that the entry or the block has itself."""
        match each.kind:
            case kinds.Reference(target=target):
                return self.find(target, found.row[each.column])
            case kinds.References(target=target):
                links = [
                    link
                    for link in self.links[found.type.name, each.name]
                    if link["owner"] == found.row["id"]
                ]
                targets = [
                    self.find(target, link["target"])
                    for link in sorted(links, key=lambda link: link["position"])
                ]
                return [entry for entry in targets if entry is not None]
            case kinds.Blocks():
                return read_blocks(self.model, found.row[each.column])
            case kinds.Markdown():
                return _markdown(found.row, each.column)
            case kinds.Scalars(item=item):
                values = found.row[each.column]
                return None if values is None else [leaf(item, value) for value in values]
            case _:
                return leaf(each.kind, found.row[each.column])

    def in_block(self, found: FoundBlock, name: str) -> Any:
        """A field of a block; its lists of references are ids, in its own row."""
        (each,) = [field for field in found.type.fields if field.api_name == name]
        if isinstance(each.kind, kinds.References):
            targets = [self.find(each.kind.target, one) for one in found.row[each.column] or ()]
            return [entry for entry in targets if entry is not None]
        return self.own_field(found, each)

    def referring(self, found: Found, name: str) -> tuple[ContentType, list[dict[str, Any]]]:
        """The type of those that refer to the entry, by the name of the field that shows them; their rows."""
        for owner, each in self.model.referrers(found.type.name):
            if not owner.is_singleton and name == self._reverse_name(found.type, owner, each):
                return owner, self._referring(owner, each, found)
        raise AssertionError(name)

    def related(self, content_type: ContentType, row: Mapping[str, Any], name: str) -> Related:
        """The entries behind a reference, or those that refer to this one."""
        found = Found(content_type, dict(row))
        for each in content_type.fields:
            if each.api_name == name:
                value = self.own_field(found, each)
                entries = value if isinstance(value, list) else [value] if value else []
                return [(entry.type, entry.row) for entry in entries]
        owner, rows = self.referring(found, name)
        return [(owner, other) for other in rows]

    def _reverse_name(self, target: ContentType, owner: ContentType, each: Field) -> str:
        name = camel_case(owner.plural)
        same_type = [other for other, _ in self.model.referrers(target.name) if other is owner]
        if len(same_type) == 1 and name not in [own.api_name for own in target.fields]:
            return name
        return name + "By" + each.api_name[0].upper() + each.api_name[1:]

    def _referring(self, owner: ContentType, each: Field, found: Found) -> list[dict[str, Any]]:
        if isinstance(each.kind, kinds.Reference):
            return [row for row in self.rows[owner.name] if row[each.column] == found.row["id"]]
        owners = {
            link["owner"] for link in self.links[owner.name, each.name] if link["target"] == found.row["id"]
        }
        return [row for row in self.rows[owner.name] if row["id"] in owners]


def _markdown(row: dict[str, Any], column: str) -> dict[str, Any] | None:
    if row[column] is None:
        return None
    return {name: row[column + suffix] for name, suffix in MARKDOWN_COLUMNS.items()} | {
        "toc": json.loads(row[column + "_toc"])
    }
