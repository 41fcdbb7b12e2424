"""Commands over REST: entries written, published, scheduled; their history; releases; several at once."""

from masthead.rest.writing.endpoint import Writing
from masthead.rest.writing.routes import Route, routes

__all__ = ["Route", "Writing", "routes"]
