"""What the planner is checked against: generated worlds and operations, executed slowly and plainly."""

from tests.store.query.oracle.content import KITCHEN_SINK
from tests.store.query.oracle.generated_filters import COMPARED, Filtered, filtered
from tests.store.query.oracle.operations import Asked, operations
from tests.store.query.oracle.resolvers import Oracle
from tests.store.query.oracle.searches import find_everything
from tests.store.query.oracle.spelling import difference, spell
from tests.store.query.oracle.store import OneTransaction, fill, read_rows
from tests.store.query.oracle.world import World, worlds

__all__ = [
    "COMPARED",
    "KITCHEN_SINK",
    "Asked",
    "Filtered",
    "OneTransaction",
    "Oracle",
    "World",
    "difference",
    "fill",
    "filtered",
    "find_everything",
    "operations",
    "read_rows",
    "spell",
    "worlds",
]
