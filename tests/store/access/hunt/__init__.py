"""What the guard is checked against: generated policies and viewers, and what is left of a world."""

from tests.store.access.hunt.archive import Archive, archive
from tests.store.access.hunt.hunting import Hunt, hunting, together
from tests.store.access.hunt.possessions import possess
from tests.store.access.hunt.seen_world import SeenWorld, seen

__all__ = ["Archive", "Hunt", "SeenWorld", "archive", "hunting", "possess", "seen", "together"]
