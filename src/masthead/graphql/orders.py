"""The input types of orders: PostOrder, which leads through references to AssetOrder, and Order itself."""

from dataclasses import dataclass, replace

from graphql import GraphQLEnumType, GraphQLEnumValue, GraphQLInputField, GraphQLInputObjectType

from masthead.model import ContentModel, ContentType, Field, camel_case, kinds
from masthead.query import ORDERABLE
from masthead.query import selection as select


@dataclass(frozen=True, slots=True)
class Direction:
    """What a value of Order says; `nulls_first` None is PostgreSQL's own place."""

    is_descending: bool
    nulls_first: bool | None = None


_DIRECTIONS = {
    "ASC": (Direction(False), "Smallest first, nulls last."),
    "DESC": (Direction(True), "Largest first, nulls first."),
    "ASC_NULLS_FIRST": (Direction(False, True), "Nulls first, then the smallest."),
    "ASC_NULLS_LAST": (Direction(False, False), "Smallest first, nulls last, as ASC."),
    "DESC_NULLS_FIRST": (Direction(True, True), "Nulls first, then the largest, as DESC."),
    "DESC_NULLS_LAST": (Direction(True, False), "Largest first, nulls last."),
}


class OrderTypes:
    """The orders of one schema's types."""

    def __init__(self, model: ContentModel) -> None:
        self.order = GraphQLEnumType(
            "Order",
            {
                name: GraphQLEnumValue(value, description=about)
                for name, (value, about) in _DIRECTIONS.items()
            },
            description="The direction of an order, and where entries without a value stand.",
        )
        self._model = model
        self._types = {each.name: self._type(each) for each in model}

    def __getitem__(self, type_name: str) -> GraphQLInputObjectType:
        """The order of entries of a content type."""
        return self._types[type_name]

    def _type(self, content_type: ContentType) -> GraphQLInputObjectType:
        return GraphQLInputObjectType(
            f"{content_type.name}Order",
            lambda: self._fields(content_type),
            description="One field to sort by and its direction, or a reference and what to sort by behind "
            "it. Equal entries are sorted by id.",
            out_type=_sort,
            is_one_of=True,
        )

    def _fields(self, content_type: ContentType) -> dict[str, GraphQLInputField]:
        fields = {
            camel_case(name): GraphQLInputField(self.order, out_name=name)
            for name in ("id", "created_at", "updated_at", "published_at")
        }
        for field in content_type.fields:
            if (type_ := self._of(field)) is not None:
                fields[field.api_name] = GraphQLInputField(
                    type_, out_name=field.name, deprecation_reason=field.deprecation
                )
        return fields

    def _of(self, field: Field) -> GraphQLEnumType | GraphQLInputObjectType | None:
        match field.kind:
            case kinds.Reference(target=target):
                return self[target]
            case kind if isinstance(kind, ORDERABLE):
                return self.order
            case _:
                return None


def own_order(content_type: ContentType) -> str:
    """The order that entries have without `orderBy`, as a client would ask for it."""
    if content_type.order is None:
        return "id"
    return f"{camel_case(content_type.order)} {'DESC' if content_type.is_descending else 'ASC'}"


def _sort(value: dict[str, Direction | select.Sort]) -> select.Sort:
    ((name, inner),) = value.items()
    if isinstance(inner, select.Sort):
        return replace(inner, through=(name, *inner.through))
    return select.Sort(name, inner.is_descending, inner.nulls_first)
