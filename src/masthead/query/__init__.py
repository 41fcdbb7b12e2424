"""What is wanted (Selection) becomes one SQL statement (Plan) whose answer is the JSON that is sent."""

from masthead.query import selection
from masthead.query.cache import Cache
from masthead.query.columns import is_int32
from masthead.query.cursor import cursor_nulls
from masthead.query.order import SORTABLE
from masthead.query.plan import Plan
from masthead.query.planner import plan
from masthead.query.selection import Selection

__all__ = ["SORTABLE", "Cache", "Plan", "Selection", "cursor_nulls", "is_int32", "plan", "selection"]
