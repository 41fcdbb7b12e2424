"""What the engine answers: the bytes of a response, and the status that HTTP gives it."""

from typing import NamedTuple


class Answer(NamedTuple):
    """A response: its JSON, and the status that HTTP gives it. 200: executed. 400: the operation is at
    fault and nothing was executed. 5xx: the server is."""

    body: bytes
    status: int = 200
    is_planned: bool = True
    """Whether the plan was kept from an earlier request."""
