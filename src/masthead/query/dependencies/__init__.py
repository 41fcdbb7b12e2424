"""What an answer depends on, and whether a change touches it."""

from masthead.query.dependencies.dependencies import Dependencies, Match, depends_on_all_of
from masthead.query.dependencies.index import DependencyIndex
from masthead.query.dependencies.span import Span
from masthead.query.dependencies.spelling import read_spelled, spell
from masthead.query.dependencies.touched import is_changed, is_touched
from masthead.query.dependencies.trace import Trace, read_dependencies, traced

__all__ = [
    "Dependencies",
    "DependencyIndex",
    "Match",
    "Span",
    "Trace",
    "depends_on_all_of",
    "is_changed",
    "is_touched",
    "read_dependencies",
    "read_spelled",
    "spell",
    "traced",
]
