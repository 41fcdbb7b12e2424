"""What is wanted (Selection) becomes one SQL statement (Plan) whose answer is the JSON that is sent."""

from masthead.query import selection
from masthead.query.cache import Cache
from masthead.query.columns import is_int32
from masthead.query.cost import cost_of
from masthead.query.cursor import cursor_nulls
from masthead.query.executed import Executed, Observe, ObservedReader, RowReader, fetch_observed
from masthead.query.explanation import Explanation, explain
from masthead.query.groups import GROUPABLE
from masthead.query.guard import (
    Guard,
    Guards,
    PlainEntries,
    permits_create,
    permitted,
    read_subject,
    viewer_values,
)
from masthead.query.hybrid import Failure, FieldComputer
from masthead.query.layout import lay_out
from masthead.query.measure import Function, is_measurable
from masthead.query.operands import read_operand
from masthead.query.operators import FLAGS, LISTED, NULLABLE, operators_of
from masthead.query.order import ORDERABLE, SORTABLE
from masthead.query.overlay import Overlay, link_key
from masthead.query.plan import Plan
from masthead.query.planner import plan, plan_first
from masthead.query.reverse import reverse_fields
from masthead.query.selection import Selection
from masthead.query.sketch import Sketch, View
from masthead.query.together import Together, read_all, read_all_rows, together

__all__ = [
    "FLAGS",
    "GROUPABLE",
    "LISTED",
    "NULLABLE",
    "ORDERABLE",
    "SORTABLE",
    "Cache",
    "Executed",
    "Explanation",
    "Failure",
    "FieldComputer",
    "Function",
    "Guard",
    "Guards",
    "Observe",
    "ObservedReader",
    "Overlay",
    "PlainEntries",
    "Plan",
    "RowReader",
    "Selection",
    "Sketch",
    "Together",
    "View",
    "cost_of",
    "cursor_nulls",
    "explain",
    "fetch_observed",
    "is_int32",
    "is_measurable",
    "lay_out",
    "link_key",
    "operators_of",
    "permits_create",
    "permitted",
    "plan",
    "plan_first",
    "read_all",
    "read_all_rows",
    "read_operand",
    "read_subject",
    "reverse_fields",
    "selection",
    "together",
    "viewer_values",
]
