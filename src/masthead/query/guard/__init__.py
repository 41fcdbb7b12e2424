"""Policies at the tables: what a viewer may see, and which entries it may change."""

from masthead.query.guard.guard import Guard, viewer_values
from masthead.query.guard.guards import Guards
from masthead.query.guard.permitted import permits_create, permitted

__all__ = ["Guard", "Guards", "permits_create", "permitted", "viewer_values"]
