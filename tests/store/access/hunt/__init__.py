"""What the guard is checked against: generated policies and viewers, and what is left of a world."""

from tests.store.access.hunt.generated_policies import viewer_and_policies
from tests.store.access.hunt.possessions import possess
from tests.store.access.hunt.seen_world import SeenWorld, seen

__all__ = ["SeenWorld", "possess", "seen", "viewer_and_policies"]
