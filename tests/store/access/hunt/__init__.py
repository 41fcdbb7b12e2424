"""What the guard is checked against: generated policies and viewers, and what is left of a world."""

from tests.store.access.hunt.hunting import Hunt, hunting
from tests.store.access.hunt.possessions import possess
from tests.store.access.hunt.seen_world import SeenWorld, seen

__all__ = ["Hunt", "SeenWorld", "hunting", "possess", "seen"]
