"""How many values the variables of a request may hold, and how deep: counted before they are coerced."""

from collections.abc import Mapping
from typing import Any

from masthead.graphql.errors import RefusedError
from masthead.graphql.limits import Limits, exceeded


def check_values(given: Mapping[str, Any], limits: Limits) -> None:
    """Count lists, objects and what they hold. Raises RefusedError."""
    count, depth = 0, 0
    level: list[Any] = [given]
    while level:
        depth += 1
        if depth > limits.value_depth + 1:  # the variables themselves are an object
            sent = f"The variables nest deeper than {limits.value_depth:,} lists and objects"
            raise RefusedError([exceeded("value_depth", limits.value_depth, sent, "Flatten them.")])
        inner: list[Any] = []
        for each in level:
            count += len(each)
            values = each.values() if isinstance(each, Mapping) else each
            inner += [value for value in values if isinstance(value, dict | list)]
        if count > limits.values:
            sent = f"The variables hold more than {limits.values:,} values"
            raise RefusedError([exceeded("values", limits.values, sent, "Send fewer at once.")])
        level = inner
