"""A fuzz of a running server: requests that are wrong in every way that we know, and a judge."""

from tests.story.fuzz.documents import documents
from tests.story.fuzz.exchange import Request
from tests.story.fuzz.framing import framings
from tests.story.fuzz.judge import Bounds, FoundError, Judge
from tests.story.fuzz.parameters import parameters
from tests.story.fuzz.queries import queries

__all__ = ["Bounds", "FoundError", "Judge", "Request", "documents", "framings", "parameters", "queries"]
