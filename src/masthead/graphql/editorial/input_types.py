"""What mutations take of an entry: PostInput, with every field optional; null takes a value away.

A block is a @oneOf input whose only field says its type: `{quote: {text: "…"}}` types in TypeScript as the
union that it is.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNonNull,
    GraphQLString,
)

from masthead.graphql.field import Nullable, list_of
from masthead.graphql.scalars import ScalarKind
from masthead.model import BlockType, ContentModel, ContentType, Field, camel_case, kinds, union_name

Leaf = Callable[[ScalarKind | kinds.Enumeration], tuple[Nullable, Any]]


class InputTypes:
    """One set for one schema; `leaf` is the type of one value."""

    def __init__(self, model: ContentModel, leaf: Leaf) -> None:
        self._leaf = leaf
        self._blocks = {each.name: self._block(each) for each in model.blocks}
        self._by_type = {each.name: self._entry(each) for each in model}

    def __getitem__(self, type_name: str) -> GraphQLInputObjectType:
        """The input of a content type."""
        return self._by_type[type_name]

    def _entry(self, content_type: ContentType) -> GraphQLInputObjectType:
        fields = {each.api_name: self._field(each, content_type) for each in content_type.fields}
        about = (
            f"The fields of a {content_type.name} that change. What is left out stays; null takes it away."
        )
        return GraphQLInputObjectType(f"{content_type.name}Input", fields, description=about)

    def _block(self, block: BlockType) -> GraphQLInputObjectType:
        fields = {each.api_name: self._field(each, None) for each in block.fields}
        return GraphQLInputObjectType(f"{block.name}Input", fields, description=block.description or None)

    def _field(self, field: Field, owner: ContentType | None) -> GraphQLInputField:
        return GraphQLInputField(
            self._type(field, owner),
            description=field.description or None,
            deprecation_reason=field.deprecation,
        )

    def _type(self, field: Field, owner: ContentType | None) -> GraphQLInputType:
        match field.kind:
            case kinds.Reference():
                return GraphQLID
            case kinds.References():
                return list_of(GraphQLID)
            case kinds.Markdown():
                return GraphQLString
            case kinds.Blocks(types=types):
                return list_of(self._one_of(owner, field, types))
            case kinds.Scalars(item=item):
                return list_of(self._leaf(item)[0])
            case kind:
                return self._leaf(kind)[0]  # type: ignore[return-value]  # scalars and enums go both ways

    def _one_of(
        self, owner: ContentType | None, field: Field, types: tuple[str, ...]
    ) -> GraphQLInputObjectType:
        if owner is None:
            raise AssertionError("a block holds no blocks")
        fields = {camel_case(each): GraphQLInputField(self._blocks[each]) for each in types}
        return GraphQLInputObjectType(
            f"{union_name(owner, field)}Input",
            fields,
            description="One block: exactly one of these.",
            is_one_of=True,
        )


def plain_input(content_type: ContentType, given: Mapping[str, Any]) -> dict[str, Any]:
    """The input with blocks as the other APIs have them: the type's name as `type`, beside the fields."""
    by_name = {each.api_name: each for each in content_type.fields}
    return {name: _plain(by_name[name], value) for name, value in given.items()}


def _plain(field: Field, value: Any) -> Any:
    if not isinstance(field.kind, kinds.Blocks) or value is None:
        return value
    called = {camel_case(each): each for each in field.kind.types}
    return [{"type": called[name], **inner} for block in value for name, inner in block.items()]


def entry_at() -> GraphQLInputObjectType:
    """An entry with the revision that a change is based on."""
    return GraphQLInputObjectType(
        "EntryAt",
        {
            "id": GraphQLInputField(GraphQLNonNull(GraphQLID)),
            "base": GraphQLInputField(
                GraphQLNonNull(GraphQLID), description="The head as you know it: a newer one is refused."
            ),
            "revision": GraphQLInputField(
                GraphQLID, description="What is to be public, where it is not the head."
            ),
        },
        description="An entry, and the revision that the change is based on.",
    )
