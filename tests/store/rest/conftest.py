"""The databases that the planner is tested with are REST's too."""

from tests.store.query.conftest import kitchen_sink, library, library_url

__all__ = ["kitchen_sink", "library", "library_url"]
