"""Policies at the tables: what a viewer may see, and which entries it may change."""

from masthead.query.guard.guard import Guard, viewer_values
from masthead.query.guard.guards import Guards
from masthead.query.guard.permitted import permits_create, permitted
from masthead.query.guard.plain_entries import PlainEntries, read_subject

__all__ = ["Guard", "Guards", "PlainEntries", "permits_create", "permitted", "read_subject", "viewer_values"]
