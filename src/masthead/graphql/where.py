"""The input types of filters: PostFilter, TagListFilter, StringFilter. They refer to each other in circles,
so their fields are made when they are first asked for.

Each field of an input type carries what it means, for `conditions`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLScalarType,
    GraphQLString,
)

from masthead.graphql.field import list_of
from masthead.graphql.scalars import scalar_of
from masthead.kernel import ModelError, Place
from masthead.model import ContentModel, ContentType, Field, camel_case, kinds
from masthead.query import FLAGS, LISTED, operators_of, reverse_fields
from masthead.query import selection as select

Leaf = GraphQLScalarType | GraphQLEnumType


@dataclass(frozen=True, slots=True)
class Combines:
    """`and`, `or` and `not`."""

    make: Callable[[tuple[select.Condition, ...]], select.Condition]


@dataclass(frozen=True, slots=True)
class Compares:
    """The operators of a field."""

    field: str


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """The entry of a to-one reference."""

    field: str


@dataclass(frozen=True, slots=True)
class RelatesTo:
    """The entries of a list of references, or those that refer to this one."""

    relation: str | select.Referrers


Meaning = Combines | Compares | LeadsTo | RelatesTo

_MEANS = "means"


def meaning(field: GraphQLInputField) -> Meaning:
    """What a field of an entry's filter asks."""
    found: Meaning = field.extensions[_MEANS]
    return found


class FilterTypes:
    """The filters of one schema's types."""

    def __init__(self, model: ContentModel, enums: Mapping[str, GraphQLEnumType]) -> None:
        self._model = model
        self._enums = enums
        self._operators: dict[str, GraphQLInputObjectType] = {}
        self._lists: dict[str, GraphQLInputObjectType] = {}
        self._check_names()
        self._entries = {each.name: self._entry(each) for each in model}

    def __getitem__(self, type_name: str) -> GraphQLInputObjectType:
        """The filter of entries of a content type."""
        return self._entries[type_name]

    def _check_names(self) -> None:
        """Raises ModelError where a content type or an enum would share a filter's name with another."""
        taken = {*_PLATFORM, *(f"{name}List" for name in _PLATFORM)}
        for name in (*(each.name for each in self._model), *self._enums):
            if name in taken or f"{name}List" in taken:
                raise ModelError(
                    "filter-name",
                    f"The filters of {name} would be called as those of another type.",
                    f"Rename {name}.",
                    Place(path=name),
                )
            taken |= {name, f"{name}List"}

    def _entry(self, content_type: ContentType) -> GraphQLInputObjectType:
        article = "an" if content_type.name[0] in "AEIOU" else "a"
        return GraphQLInputObjectType(
            f"{content_type.name}Filter",
            lambda: self._fields(content_type),
            description=f"What {article} {content_type.name} must be like: all that is given holds.",
        )

    def _fields(self, content_type: ContentType) -> dict[str, GraphQLInputField]:
        own = self[content_type.name]
        fields = {
            "and": _field(list_of(own), Combines(select.AllOf), "All of these hold."),
            "or": _field(list_of(own), Combines(select.AnyOf), "One of these holds."),
            "not": _field(own, Combines(_not), "This does not hold."),
        }
        for name, kind in _SYSTEM.items():
            fields[camel_case(name)] = _field(self._of_kind(kind), Compares(name))
        for field in content_type.fields:
            if (found := self._of_field(field)) is not None:
                fields[field.api_name] = found
        for name, source, description in reverse_fields(self._model, content_type):
            owner = self._model[source.type]
            reason = owner[source.field].deprecation or owner.deprecation
            about = _field(self._list(source.type), RelatesTo(source), description, reason)
            fields.setdefault(name, about)
        return fields

    def _of_field(self, field: Field) -> GraphQLInputField | None:
        match field.kind:
            case kinds.Reference(target=target):
                about = "The entry is there and is like this; null: there is none."
                return _field(self[target], LeadsTo(field.name), about, field.deprecation)
            case kinds.References(target=target):
                return _field(self._list(target), RelatesTo(field.name), reason=field.deprecation)
            case kind if operators_of(kind):
                return _field(self._of_kind(kind), Compares(field.name), reason=field.deprecation)
            case _:
                return None

    def _list(self, type_name: str) -> GraphQLInputObjectType:
        if type_name not in self._lists:
            self._lists[type_name] = GraphQLInputObjectType(
                f"{type_name}ListFilter",
                lambda: {
                    name: GraphQLInputField(self[type_name], description=about)
                    for name, about in _QUANTIFIERS.items()
                },
                description=f"What {self._model[type_name].plural} must be like.",
            )
        return self._lists[type_name]

    def _of_kind(self, kind: kinds.Kind | None) -> GraphQLInputObjectType:
        """StringFilter and its like; one for all fields of the same leaf."""
        leaf, name = self._leaf(kind)
        if name not in self._operators:
            fields = {camel_case(each): _operator(each, leaf) for each in operators_of(kind)}
            self._operators[name] = GraphQLInputObjectType(
                f"{name}Filter", fields, description=_about(kind, name)
            )
        return self._operators[name]

    def _leaf(self, kind: kinds.Kind | None) -> tuple[Leaf, str]:
        match kind:
            case None:
                return GraphQLID, "ID"
            case kinds.Markdown():
                return GraphQLString, "Markdown"
            case kinds.Enumeration(name=name):
                return self._enums[name], name
            case kinds.Scalars(item=item):
                leaf, name = self._leaf(item)
                return leaf, f"{name}List"
            case kinds.Reference() | kinds.References() | kinds.Blocks():
                raise AssertionError(f"{kind} has no operators")
            case _:
                return (leaf := scalar_of(kind)), leaf.name


def _field(
    type_: GraphQLInputType, means: Meaning, description: str = "", reason: str | None = None
) -> GraphQLInputField:
    """`reason` says why it is deprecated."""
    return GraphQLInputField(
        type_, description=description or None, deprecation_reason=reason, extensions={_MEANS: means}
    )


def _operator(operator: select.Operator, leaf: Leaf) -> GraphQLInputField:
    type_: GraphQLInputType = list_of(leaf) if operator in LISTED else leaf
    return GraphQLInputField(GraphQLBoolean if operator in FLAGS else type_, description=OPERATORS[operator])


def _not(parts: tuple[select.Condition, ...]) -> select.Condition:
    return select.Not(select.AllOf(parts))


def _about(kind: kinds.Kind | None, name: str) -> str:
    if isinstance(kind, kinds.Scalars):
        return "Comparisons with the values of a list: all that are given hold."
    if isinstance(kind, kinds.Markdown):
        return "Comparisons with the plain text of a Markdown field: all that are given hold."
    return f"Comparisons with {'an' if name[0] in 'AEIOU' else 'a'} {name}: all that are given hold."


OPERATORS: Mapping[select.Operator, str] = {
    "eq": "Equal; null: there is no value.",
    "ne": "Not equal, or there is no value; null: there is a value.",
    "in": "Equal to one of these.",
    "not_in": "Equal to none of these, or there is no value.",
    "lt": "Less.",
    "lte": "Less or equal.",
    "gt": "Greater.",
    "gte": "Greater or equal.",
    "contains": "Contains this.",
    "starts_with": "Starts with this.",
    "ends_with": "Ends with this.",
    "eq_insensitive": "Equal but for upper and lower case.",
    "contains_insensitive": "Contains this, in upper or lower case.",
    "starts_with_insensitive": "Starts with this, in upper or lower case.",
    "ends_with_insensitive": "Ends with this, in upper or lower case.",
    "has": "One of its values is this.",
    "has_every": "All of these are among its values.",
    "has_some": "One of these is among its values.",
    "is_empty": "Whether it has no values; where there is no list, neither.",
    "is_null": "Whether there is no value.",
}

_QUANTIFIERS = {
    "some": "At least one of them is like this.",
    "every": "All of them are like this; also where there are none.",
    "none": "None of them is like this.",
}

_SYSTEM: dict[str, kinds.Kind | None] = {
    "id": None,
    "path": kinds.Text(),
    "created_at": kinds.DateTime(),
    "updated_at": kinds.DateTime(),
    "published_at": kinds.DateTime(),
}

_PLATFORM = frozenset(
    {"ID", "String", "Int", "BigInt", "Float", "Decimal", "Boolean", "Date", "DateTime", "JSON", "Markdown"}
)
