"""Webhooks as lines for a terminal."""

import json
from collections.abc import Iterator, Sequence
from datetime import tzinfo

from masthead.content.site_zone import shown_in
from masthead.webhooks import Attempt, Delivery, Endpoint


def lines_of_endpoints(endpoints: Sequence[Endpoint]) -> Iterator[str]:
    """An endpoint a line, what is special beneath it."""
    if not endpoints:
        yield "There are no webhooks."
    for each in endpoints:
        order = "ordered" if each.is_ordered else "relaxed"
        yield f"{each.id}  {order}  {each.url}  {' '.join(each.types)}"
        if each.condition is not None:
            yield f"    where {json.dumps(each.condition)}"
        if each.disabled_at is not None:
            yield f"    disabled: {each.disabled_reason}"
        for gap in each.missed:
            last = "" if gap.last is None else f" to {gap.last}"
            since = gap.since.isoformat()
            yield f"    not told: positions {gap.first}{last}; once enabled, recover --since {since}"


def lines_of_deliveries(deliveries: Sequence[Delivery], zone: tzinfo) -> Iterator[str]:
    """A delivery a line, each moment in `zone`."""
    if not deliveries:
        yield "There are no deliveries."
    for each in deliveries:
        moment = shown_in(zone, each.ended_at or each.due_at)
        line = f"{each.id}  {moment}  {each.state:7}  {each.position}  {each.type}  attempts {each.attempts}"
        yield line if each.reason is None else f"{line}  {each.reason}"


def lines_of_attempts(attempts: Sequence[Attempt], zone: tzinfo) -> Iterator[str]:
    """An attempt a line, and the beginning of what was answered."""
    for each in attempts:
        came = each.error if each.status is None else str(each.status)
        yield f"    {each.number}  {shown_in(zone, each.at)}  {each.milliseconds} ms  {came}"
        if each.response:
            yield f"        {each.response[:200]!r}"
