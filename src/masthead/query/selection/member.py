"""Objects of an answer: members, each a response key and a value, and the operation that has them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # values have members, too
    from masthead.query.selection.value import Value


@dataclass(frozen=True, slots=True)
class Member:
    """One key of an object in the answer."""

    key: str
    value: "Value"


Members = tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """One operation: the members of its answer."""

    members: Members
