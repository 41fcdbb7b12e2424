"""The rows of a connection with what they are sorted by, where that is more than columns of their own.

LEFT JOINs on primary keys: they change neither which rows there are nor how many. They stand below the
LIMIT, because they decide which rows the page has; a count of the rows goes without them.
"""

from dataclasses import replace
from functools import partial

from masthead.query.order import Key, Order
from masthead.query.rows import Rows
from masthead.query.sketch import Sketch
from masthead.query.sql import quote


def with_keys(sketch: Sketch, rows: Rows, order: Order) -> Rows:
    """The rows, each with every key of the order under its name. They must have what the keys need."""
    made, joins = dict(rows.made), _Joins(sketch, rows)
    for key in order.keys:
        if key.is_made:
            expression = key.value(joins.column(key))
            made[key.name] = partial(str, expression)
    return replace(rows, origin=rows.origin + "".join(joins.written), made=made)


class _Joins:
    """References that orders lead through, each joined once."""

    def __init__(self, sketch: Sketch, rows: Rows) -> None:
        self.written: list[str] = []
        self._sketch = sketch
        self._rows = rows
        self._aliases: dict[tuple[str, ...], str] = {}

    def column(self, key: Key) -> str:
        """The expression of the column at the end of the key's references."""
        path: tuple[str, ...] = ()
        for step in key.through:
            reference = self._expression(path, step.column)
            path = (*path, step.column)
            if path not in self._aliases:
                self._aliases[path] = alias = self._sketch.alias("j")
                table = self._sketch.table(step.target)
                self.written.append(f' LEFT JOIN {table} {alias} ON {alias}."id" = {reference}')
        return self._expression(path, key.column.name)

    def _expression(self, path: tuple[str, ...], column: str) -> str:
        return f"{self._aliases[path]}.{quote(column)}" if path else self._rows.expression(column)
