"""A stretch of an order: entries that stay on one side of what a page shows change nothing of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from masthead.query.dependencies.holding import as_value

End = date | int | None
"""A moment, a day or a number, which Python orders as PostgreSQL does; None: there is no end."""


@dataclass(frozen=True, slots=True)
class Span:
    """Values of `column` from `least` to `most`, both of them among it."""

    column: str
    least: End
    most: End

    def is_met(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
        """Whether a row was or is within it, or went from one side to the other; also where that is not
        known."""
        side = self._side(old)
        return side == 0 or side != self._side(new)

    def _side(self, row: Mapping[str, Any]) -> int:
        """-1 below, 1 above, 0 within, or wherever nulls are."""
        stored = row.get(self.column)
        try:
            if self.least is not None and as_value(stored, self.least) < self.least:
                return -1
            return int(self.most is not None and as_value(stored, self.most) > self.most)
        except (ValueError, TypeError, OverflowError):
            return 0
