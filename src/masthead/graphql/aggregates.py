"""The types of what a connection's entries come to: PostAggregate, PostGroup and what they are made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from graphql import (
    FieldNode,
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLObjectType,
)

from masthead.graphql.enums import called
from masthead.graphql.errors import mistake
from masthead.graphql.field import Nullable, deprecated, list_of, non_null, selecting
from masthead.graphql.scalars import BIG_INT, DATE_TIME, scalar_of
from masthead.model import ContentType, Field, camel_case, kinds
from masthead.query import GROUPABLE, Function, is_measurable
from masthead.query import selection as select

DEFAULT_GROUPS = 100

_MOMENTS = ("created_at", "updated_at", "published_at")
_VALUE = "value"
_ABOUT: dict[Function, str] = {
    "min": "The smallest values.",
    "max": "The largest values.",
    "sum": "What the values add up to; of integers in as many digits as it takes.",
    "avg": "The arithmetic means.",
}


class GroupEnums:
    """The enums that arguments of groups take: one set for one schema."""

    def __init__(self) -> None:
        self.value = GraphQLEnumType(
            "GroupValue", {"VALUE": GraphQLEnumValue(_VALUE)}, description="Group by the value itself."
        )
        self.part = GraphQLEnumType(
            "DatePart",
            {
                part.upper(): GraphQLEnumValue(part)
                for part in ("year", "quarter", "month", "week", "day", "hour")
            },
            description="Group by a part of time, in UTC; weeks begin on Monday. The key is its beginning.",
        )
        self.order = GraphQLEnumType(
            "GroupOrder",
            {
                "KEY_ASC": GraphQLEnumValue(("key", False), description="Smallest key first."),
                "KEY_DESC": GraphQLEnumValue(("key", True), description="Largest key first."),
                "COUNT_ASC": GraphQLEnumValue(("count", False), description="Fewest entries first."),
                "COUNT_DESC": GraphQLEnumValue(("count", True), description="Most entries first."),
            },
            description="The order of groups. Equal counts are sorted by key; a key that is null comes last.",
        )


class AggregateTypes:
    """`aggregate` and `groups` of the connections to one content type."""

    def __init__(
        self, content_type: ContentType, enums: Mapping[str, GraphQLEnumType], group: GroupEnums
    ) -> None:
        self._type = content_type
        self._enums = enums
        self._group = group
        measures = self._measures()
        self._aggregate = self._object("Aggregate", measures, f"What {content_type.plural} come to.")
        key = selecting(non_null(self._key()), select.GroupKeys(), "What the entries have in common.")
        about = f"{content_type.plural} that have something in common."
        self._groups = self._object("Group", {"key": key, **measures}, about)
        self._by = self._group_by()

    def fields(self, page_size: int) -> dict[str, GraphQLField]:
        """The members of a connection; there are at most `page_size` groups."""
        most = min(DEFAULT_GROUPS, page_size)
        return {
            "aggregate": selecting(
                non_null(self._aggregate), select.Aggregate(), "What the entries of all pages come to."
            ),
            "groups": selecting(
                non_null(list_of(self._groups)),
                select.Groups((), most),
                "The entries of all pages in groups.",
                {
                    "by": GraphQLArgument(
                        non_null(list_of(self._by)), description="What the entries of a group have in common."
                    ),
                    "first": GraphQLArgument(
                        GraphQLInt,
                        default=GraphQLDefaultInput(most),
                        description=f"How many groups; at most {page_size}.",
                    ),
                    "orderBy": GraphQLArgument(
                        self._group.order, default=GraphQLDefaultInput("KEY_ASC"), out_name="order"
                    ),
                },
            ),
        }

    def _object(
        self, suffix: str, fields: Mapping[str, GraphQLField], description: str = ""
    ) -> GraphQLObjectType:
        return GraphQLObjectType(self._type.name + suffix, dict(fields), description=description or None)

    def _measures(self) -> dict[str, GraphQLField]:
        found = {"count": selecting(non_null(GraphQLInt), select.Count(), "How many entries.")}
        for function, about in _ABOUT.items():
            fields = dict(self._measured(function))
            if fields:
                type_ = self._object(function.capitalize(), fields, about)
                found[function] = selecting(
                    non_null(type_), select.Measures(function), f"{about} Null where there are none."
                )
        return found

    def _measured(self, function: Function) -> Iterator[tuple[str, GraphQLField]]:
        if function in ("min", "max"):
            for name in _MOMENTS:
                yield camel_case(name), selecting(DATE_TIME, select.Measure(name))
        for field in self._type.fields:
            if is_measurable(field.kind, function):
                measure = selecting(_result(function, field.kind), select.Measure(field.name))
                yield field.api_name, deprecated(measure, field.deprecation)

    def _key(self) -> GraphQLObjectType:
        fields = {camel_case(name): selecting(DATE_TIME, select.GroupKey(name)) for name in _MOMENTS}
        for field in self._groupable():
            names = called(field.kind) if isinstance(field.kind, kinds.Enumeration) else ()
            key = selecting(self._leaf(field.kind), select.GroupKey(field.name, names))
            fields[field.api_name] = deprecated(key, field.deprecation)
        return self._object("GroupKey", fields, "The values that a group's entries share; null for the rest.")

    def _group_by(self) -> GraphQLInputObjectType:
        fields = {camel_case(name): GraphQLInputField(self._group.part, out_name=name) for name in _MOMENTS}
        for field in self._groupable():
            is_time = isinstance(field.kind, kinds.Date | kinds.DateTime)
            how = self._group.part if is_time else self._group.value
            fields[field.api_name] = GraphQLInputField(
                how, out_name=field.name, deprecation_reason=field.deprecation
            )
        return GraphQLInputObjectType(
            f"{self._type.name}GroupBy",
            fields,
            description="One field that makes groups.",
            out_type=_group_by,
            is_one_of=True,
        )

    def _groupable(self) -> Iterator[Field]:
        return (field for field in self._type.fields if isinstance(field.kind, GROUPABLE))

    def _leaf(self, kind: kinds.Kind) -> Nullable:
        match kind:
            case kinds.Reference():
                return GraphQLID
            case kinds.Enumeration(name=name):
                return self._enums[name]
            case kinds.Markdown() | kinds.References() | kinds.Scalars() | kinds.Blocks():
                raise AssertionError(f"{kind} makes no groups")
            case _:
                return scalar_of(kind)


def read_groups(
    groups: select.Groups, given: Mapping[str, Any], page_size: int, node: FieldNode, path: Sequence[str]
) -> select.Groups:
    """`groups` with its arguments. Raises GraphQLError."""
    size = groups.size if given.get("first") is None else given["first"]
    if not 0 <= size <= page_size:
        raise mistake(
            "PAGE_SIZE",
            f"`first` is {size}; it can be 0 to {page_size}.",
            "Ask for fewer groups, or group by a longer part of time.",
            [node],
            path,
        )
    order: tuple[Literal["key", "count"], bool] = given.get("order") or ("key", False)
    return replace(groups, by=tuple(given["by"]), size=size, order=order[0], is_descending=order[1])


def _group_by(value: dict[str, str]) -> select.GroupBy:
    ((name, how),) = value.items()
    return select.GroupBy(name, None if how == _VALUE else how)  # type: ignore[arg-type]  # a DatePart


def _result(function: Function, kind: kinds.Kind) -> Nullable:
    match function, kind:
        case "sum", kinds.Integer():
            return BIG_INT
        case "avg", kinds.Integer():
            return GraphQLFloat
        case _, (
            kinds.Text()
            | kinds.Integer()
            | kinds.Float()
            | kinds.Decimal()
            | kinds.Date()
            | kinds.DateTime()
            | kinds.Slug()
        ):
            return scalar_of(kind)
        case _:
            raise AssertionError(f"{kind} has no {function}")
