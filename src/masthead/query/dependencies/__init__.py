"""What an answer depends on, and whether a change touches it."""

from masthead.query.dependencies.dependencies import Dependencies, Match, depends_on_all_of

__all__ = ["Dependencies", "Match", "depends_on_all_of"]
