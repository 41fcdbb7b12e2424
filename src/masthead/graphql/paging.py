"""Which page of a connection is asked for: `first` or `last`, between `after` and `before`, past `offset`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graphql import FieldNode, GraphQLArgument, GraphQLError, GraphQLInt, GraphQLString

from masthead.graphql.conditions import at
from masthead.graphql.errors import BAD_USER_INPUT, mistake, public
from masthead.graphql.limits import Limits, exceeded
from masthead.kernel import InputError
from masthead.query import cursor_nulls
from masthead.query import selection as select

DEFAULT_PAGE = 20

Path = tuple[str, ...]


def page_arguments(page_size: int) -> dict[str, GraphQLArgument]:
    """The arguments of a connection that say which page of it."""
    first = f"How many from the beginning; {DEFAULT_PAGE} unless `last` is given, at most {page_size}."
    return {
        "first": GraphQLArgument(GraphQLInt, description=first),
        "after": GraphQLArgument(GraphQLString, description="The cursor behind which to begin."),
        "last": GraphQLArgument(
            GraphQLInt, description=f"How many from the end, instead of `first`; at most {page_size}."
        ),
        "before": GraphQLArgument(GraphQLString, description="The cursor before which to end."),
        "offset": GraphQLArgument(
            GraphQLInt, description="How many to skip: from the beginning, with `last` from the end."
        ),
    }


def with_page(
    connection: select.Connection, given: Mapping[str, Any], node: FieldNode, path: Path, limits: Limits
) -> select.Connection:
    """The connection with the page and the order that the coerced arguments ask for. Raises GraphQLError."""
    order = tuple(given.get("orderBy") or ())
    keys = sum(1 + len(each.through) for each in order)
    if keys > limits.order_keys:
        sent = f"`orderBy` names {keys:,} fields, those that it leads through included"
        raise exceeded("order_keys", limits.order_keys, sent, "Sort by fewer.", [node], path)
    return replace(
        connection,
        size=_size(given, node, path, limits),
        is_from_end=given.get("last") is not None,
        offset=_offset(given.get("offset") or 0, node, path, limits),
        after=_bookmark("after", given, node, path),
        before=_bookmark("before", given, node, path),
        order=order,
    )


def with_rows(
    rows: select.RegisteredRows, given: Mapping[str, Any], node: FieldNode, path: Path, limits: Limits
) -> select.RegisteredRows:
    """The platform's rows that the coerced arguments ask for. Raises GraphQLError."""
    below = given.get("below")
    return replace(
        rows,
        size=_size(given, node, path, limits),
        below=None if below is None else argument_of(node, "below", below),
    )


def _size(given: Mapping[str, Any], node: FieldNode, path: Path, limits: Limits) -> int:
    first, last = given.get("first"), given.get("last")
    if first is not None and last is not None:
        raise mistake(
            BAD_USER_INPUT,
            f"`first` is {first} and `last` is {last}: a page begins at one end.",
            "Give one of them.",
            [node],
            path,
        )
    name, size = ("first", first) if last is None else ("last", last)
    if size is None:
        return min(DEFAULT_PAGE, limits.page_size)
    if not 0 <= size <= limits.page_size:
        raise _page_size(name, size, node, path, limits)
    return int(size)


def _page_size(name: str, size: int, node: FieldNode, path: Path, limits: Limits) -> GraphQLError:
    turn = "after" if name == "first" else "before"
    return mistake(
        "PAGE_SIZE",
        f"`{name}` is {size}; it can be 0 to {limits.page_size}.",
        f"Ask for fewer and turn the page with `{turn}`.",
        [node],
        path,
    )


def _offset(offset: int, node: FieldNode, path: Path, limits: Limits) -> int:
    if offset < 0:
        remedy = "Turn the page with `after` or `before`."
        raise mistake(BAD_USER_INPUT, f"`offset` is {offset}; it cannot be negative.", remedy, [node], path)
    if offset > limits.offset:
        sent, remedy = (
            f"`offset` is {offset:,}",
            "Turn the page with `after` or `before`: they skip for free.",
        )
        raise exceeded("offset", limits.offset, sent, remedy, [node], path)
    return offset


def _bookmark(name: str, given: Mapping[str, Any], node: FieldNode, path: Path) -> select.Bookmark | None:
    cursor = given.get(name)
    if cursor is None:
        return None
    try:
        return select.Bookmark(argument_of(node, name, cursor), cursor_nulls(cursor))
    except InputError as error:
        raise public(error, [node], path) from error


def argument_of(node: FieldNode, name: str, value: Any) -> select.Argument:
    """A variable stays one, so that the plan serves every value of it."""
    given = next((each.value for each in node.arguments or () if each.name.value == name), None)
    return at(given, (name,)).argument(value)
