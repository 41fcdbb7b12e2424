"""Generated arguments of `groups`: keys by values and by parts of time, sizes and orders."""

import json
from collections.abc import Callable
from typing import Any

from graphql import GraphQLSchema

from masthead.model import ContentType, kinds

PARTS = ("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR")


def groups_argument(
    content_type: ContentType,
    schema: GraphQLSchema,
    pick: Callable[[Any], Any],
    value: Callable[[str, str, Any], str],
) -> str:
    """The arguments in parentheses. `value` spells a literal or a variable of a type."""
    by_type = f"{content_type.name}GroupBy"
    fields = schema.type_map[by_type].fields  # type: ignore[attr-defined]  # an input type
    dates = {each.api_name for each in content_type.fields if isinstance(each.kind, kinds.Date)}
    names = dict.fromkeys(pick(sorted(fields)) for _ in range(pick([1, 1, 2, 3])))
    by = []
    for name in names:
        is_time = str(fields[name].type) == "DatePart"
        parts = PARTS[:-1] if name in dates else PARTS
        by.append({name: pick(parts) if is_time else "VALUE"})
    literal = ", ".join(f"{{{name}: {how}}}" for each in by for name, how in each.items())
    arguments = [f"by: {value(f'[{by_type}!]!', f'[{literal}]', by)}"]
    first = pick([None, None, 0, 1, 2, 500])
    if first is not None:
        arguments.append(f"first: {value('Int', json.dumps(first), first)}")
    order = pick([None, "KEY_ASC", "KEY_DESC", "COUNT_ASC", "COUNT_DESC"])
    if order is not None:
        arguments.append(f"orderBy: {value('GroupOrder', order, order)}")
    return f"({', '.join(arguments)})"
