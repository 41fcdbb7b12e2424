"""What a REST request wants, said a second time: as a GraphQL operation for the oracle, and how its answer
is brought into REST's shape. Nothing here comes from masthead.rest: the rules are the reference page's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema, get_named_type

from masthead.model import ContentModel, ContentType, Field, kinds

SYSTEM = ["id", "path", "createdAt", "updatedAt", "publishedAt"]
PARTS = ["source", "html", "text", "excerpt", "toc", "readingTime"]
LIGHT = ["excerpt", "readingTime"]
PAGE = "page: pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
REVERSE = 20

Tree = dict[str, Any]
"""Included names, each with what is included behind it."""


@dataclass(frozen=True, slots=True)
class Enum:
    """A value, or a list of values, of an enumeration: stored values by their GraphQL names."""

    stored: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Inner:
    """An object or a list of objects."""

    members: "Members"


@dataclass(frozen=True, slots=True)
class Paged:
    """A page of entries."""

    members: "Members"


@dataclass(frozen=True, slots=True)
class Blocks:
    """A list of blocks: the members of each type."""

    variants: dict[str, "Members"]


Members = dict[str, Enum | Inner | Paged | Blocks | None]
"""The keys of an object in their order; None for a value that is the same in both APIs."""

TOC: Members = {"level": None, "id": None, "text": None}


@dataclass(slots=True)
class Wanted:
    """One request over a schema: `fields` by content type where they were named, `shown` what appeared."""

    model: ContentModel
    schema: GraphQLSchema
    enum_names: Mapping[str, str]
    fields: Mapping[str, list[str]]
    shown: set[str] = field(default_factory=set)

    def members(self, content_type: ContentType, included: Tree, *, is_light: bool) -> Members:
        """The object of an entry."""
        self.shown.add(content_type.name)
        asked = self.fields.get(content_type.name)
        names = asked or [*SYSTEM, *(each.api_name for each in content_type.fields)]
        if asked is None and content_type.name == "Asset":
            names.insert(len(SYSTEM), "url")
        found: Members = {}
        for spelled in [*names, *(name for name in included if name not in names)]:
            name, _, part = spelled.partition(".")
            own = next((each for each in content_type.fields if each.api_name == name), None)
            inner = self._member(content_type, name, own, included, is_light=is_light and asked is None)
            if part and isinstance(inner, Inner):
                before = found.get(name)
                kept = before.members if isinstance(before, Inner) else {}
                inner = Inner({**kept, part: inner.members[part]})
            if part or name not in found:
                found[name] = inner
            elif isinstance(inner, Inner) and isinstance(found[name], Inner):
                found[name] = Inner({**found[name].members, **inner.members})  # type: ignore[union-attr]
        return found

    def _member(
        self, content_type: ContentType, name: str, own: Field | None, included: Tree, *, is_light: bool
    ) -> Enum | Inner | Paged | Blocks | None:
        if own is None:
            return self._reverse(content_type, name, included) if name in included else None
        return self._own(own, included, is_light=is_light)

    def _own(self, own: Field, included: Tree, *, is_light: bool) -> Enum | Inner | Paged | Blocks | None:
        name = own.api_name
        match own.kind:
            case kinds.Blocks(types=types):
                return Blocks({each: self._block(each, is_light=is_light) for each in types})
            case kinds.Reference(target=target) | kinds.References(target=target):
                if name not in included:
                    return Inner({"id": None, "path": None})
                return Inner(self.members(self.model[target], included[name], is_light=True))
            case kinds.Markdown():
                parts = LIGHT if is_light else PARTS
                return Inner({part: Inner(TOC) if part == "toc" else None for part in parts})
            case kinds.Enumeration(values=values) | kinds.Scalars(item=kinds.Enumeration(values=values)):
                return Enum({self.enum_names[value]: value for value in values})
            case _:
                return None

    def _block(self, name: str, *, is_light: bool) -> Members:
        return {
            each.api_name: self._own(each, {}, is_light=is_light) for each in self.model.block(name).fields
        }

    def _reverse(self, content_type: ContentType, name: str, included: Tree) -> Paged:
        target = self.relations(content_type)[name]
        return Paged(self.members(target, included[name], is_light=True))

    def relations(self, content_type: ContentType) -> dict[str, ContentType]:
        """Every name that leads to other entries, both ways, as the SDL has it."""
        type_ = self.schema.type_map[content_type.name]
        assert isinstance(type_, GraphQLObjectType)
        named = {name: get_named_type(each.type).name for name, each in type_.fields.items()}
        return {
            name: self.model[target.removesuffix("Connection")]
            for name, target in named.items()
            if target.removesuffix("Connection") in self.model
        }


def as_graphql(members: Members) -> str:
    """The selection set."""
    return f"{{ {' '.join(_selections(members))} }}"


def _selections(members: Members) -> Iterator[str]:
    for name, inner in members.items():
        match inner:
            case Inner():
                yield f"{name} {as_graphql(inner.members)}"
            case Blocks(variants=variants):
                each = " ".join(_variant(type_name, members) for type_name, members in variants.items())
                yield f"{name} {{ __typename {each} }}"
            case Paged():
                yield f"{name}(first: {REVERSE}) {{ data: nodes {as_graphql(inner.members)} {PAGE} }}"
            case _:
                yield name


def _variant(type_name: str, members: Members) -> str:
    """Fields under names of their own: those of two types may differ in kind."""
    selections = " ".join(f"{type_name}_{each.split()[0]}: {each}" for each in _selections(members))
    return f"... on {type_name} {{ {selections} }}"


def reshaped(value: Any, members: Members) -> Any:
    """A GraphQL answer's object in REST's shape."""
    if value is None or isinstance(value, list):
        return value and [reshaped(each, members) for each in value]
    return {name: _reshaped(value[name], inner) for name, inner in members.items()}


def _reshaped(value: Any, inner: Enum | Inner | Paged | Blocks | None) -> Any:
    match inner:
        case Enum(stored=stored):
            if isinstance(value, list):
                return [stored[each] for each in value]
            return value and stored[value]
        case Inner(members=members):
            return reshaped(value, members)
        case Blocks(variants=variants):
            return value and [_block(each, variants) for each in value]
        case Paged(members=members):
            return page_of(value, members)
        case _:
            return value


def _block(value: dict[str, Any], variants: dict[str, Members]) -> dict[str, Any]:
    type_name = value["__typename"]
    own = {name: value[f"{type_name}_{name}"] for name in variants[type_name]}
    return {"type": type_name, **reshaped(own, variants[type_name])}


def page_of(connection: dict[str, Any], members: Members) -> dict[str, Any]:
    """A connection as a list."""
    page = connection["page"]
    found: dict[str, Any] = {"data": reshaped(connection["data"], members)}
    if "total" in connection:
        found["total"] = connection["total"]
    return found | {
        "page": {
            "next": page["endCursor"] if page["hasNextPage"] else None,
            "previous": page["startCursor"] if page["hasPreviousPage"] else None,
        }
    }
