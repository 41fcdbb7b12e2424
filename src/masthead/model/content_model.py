"""The ContentModel: what a publication publishes, frozen and pure. Every artefact is derived from it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any

from pydantic import Discriminator, TypeAdapter

from masthead.model.kinds import Computed, Kind, Reference, References
from masthead.model.names import camel_case
from masthead.model.searching import Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a content type.

    `identity` and `column` come from content.lock and never change; `name` may.
    `default` is a JSON value; a field is required when it has none and is not nullable.
    `search` is the weight of its words in full-text search; None where that does not cover it.
    `deprecation` says why it should not be used any more, and what instead.
    """

    name: str
    kind: Annotated[Kind, Discriminator("kind")]
    identity: str
    column: str
    is_nullable: bool = False
    default: Any = None
    description: str = ""
    search: Weight | None = None
    deprecation: str | None = None

    @property
    def api_name(self) -> str:
        """The name in GraphQL and REST: camelCase."""
        return camel_case(self.name)

    @property
    def is_required(self) -> bool:
        """Whether an entry cannot be published without a value."""
        return not self.is_nullable and self.default is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedField:
    """A field that a function of content.py computes, from nothing but what it `needs`: "title",
    "body.text", "cover.id". `is_nullable` is what the function says of itself; in the APIs it always is,
    because one value that cannot be had takes nothing else away."""

    name: str
    kind: Annotated[Computed, Discriminator("kind")]
    needs: tuple[str, ...]
    is_nullable: bool = False
    description: str = ""
    deprecation: str | None = None

    @property
    def api_name(self) -> str:
        """The name in GraphQL and REST: camelCase."""
        return camel_case(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentType:
    """One kind of entry. `path` is the pattern of its address, `order` its default sort field, `language`
    the one that full-text search reads its words in."""

    name: str
    plural: str
    identity: str
    table: str
    fields: tuple[Field, ...]
    path: str | None = None
    order: str | None = None
    is_descending: bool = False
    is_singleton: bool = False
    description: str = ""
    language: str = "english"
    deprecation: str | None = None
    computed: tuple[ComputedField, ...] = ()

    def __getitem__(self, name: str) -> Field:
        """The field called `name`. Raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(field.name == name for field in self.fields)

    @property
    def api_name(self) -> str:
        """The name of the field on Query that fetches one entry."""
        return camel_case(self.name)

    @property
    def is_searchable(self) -> bool:
        """Whether full-text search covers any of its fields."""
        return any(field.search for field in self.fields)

    @property
    def order_field(self) -> Field | None:
        """The field that connections are sorted by when nobody asks for an order."""
        return self[self.order] if self.order else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockType:
    """One kind of block: a piece of an entry, in a list with others."""

    name: str
    identity: str
    fields: tuple[Field, ...]
    description: str = ""

    def __getitem__(self, name: str) -> Field:
        """The field called `name`. Raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    @property
    def fields_as_read(self) -> tuple[Field, ...]:
        """Its fields as an API shows them: no foreign key keeps what a block refers to, so a reference can
        always lead nowhere."""
        return tuple(
            replace(field, is_nullable=True) if isinstance(field.kind, Reference) else field
            for field in self.fields
        )


@dataclass(frozen=True)
class ContentModel:
    """All content types of a publication, in declaration order, and the block types that their fields
    hold, in the order in which these name them."""

    types: tuple[ContentType, ...]
    blocks: tuple[BlockType, ...] = ()

    def __getitem__(self, name: str) -> ContentType:
        """The content type called `name`. Raises KeyError."""
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[ContentType]:
        return iter(self.types)

    def block(self, name: str) -> BlockType:
        """The block type called `name`. Raises KeyError."""
        return self._block_by_name[name]

    def referrers(self, target: str) -> Iterator[tuple[ContentType, Field]]:
        """Every (content type, field) that refers to `target`, in declaration order."""
        for content_type in self.types:
            for field in content_type.fields:
                if isinstance(field.kind, Reference | References) and field.kind.target == target:
                    yield content_type, field

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, hex: the schema version that stamps every revision."""
        canonical = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def to_json(self) -> Any:
        """The model as JSON values; `from_json` gives it back."""
        return _ADAPTER.dump_python(self, mode="json")

    @staticmethod
    def from_json(value: Any) -> "ContentModel":
        """The model that `to_json` wrote. Raises pydantic.ValidationError for anything else."""
        return _ADAPTER.validate_python(value)

    @cached_property
    def _by_name(self) -> dict[str, ContentType]:
        return {content_type.name: content_type for content_type in self.types}

    @cached_property
    def _block_by_name(self) -> dict[str, BlockType]:
        return {block_type.name: block_type for block_type in self.blocks}


_ADAPTER = TypeAdapter(ContentModel)
