"""The guards of the viewers that come: one for each shape, kept."""

from functools import cached_property

from masthead.access import ANONYMOUS, Policies, Shape, Viewer
from masthead.model import ContentModel
from masthead.query.cache import Cache
from masthead.query.guard.guard import Guard
from masthead.store import Stage

MOST_SHAPES = 256


class Guards:
    """Guards of one model, one stage and one set of policies. Without policies nothing is guarded."""

    def __init__(self, model: ContentModel, policies: Policies | None, stage: Stage) -> None:
        self._model = model
        self._policies = policies
        self._stage: Stage = stage
        self._kept: Cache[Shape, Guard] = Cache(MOST_SHAPES)

    def of(self, viewer: Viewer) -> Guard | None:
        """The guard of a viewer; None for one from whom nothing is hidden. As part of a plan's key it says
        all that a plan must know of the viewer."""
        if viewer is ANONYMOUS:
            return self._anonymous
        return self._of(viewer)

    @cached_property
    def _anonymous(self) -> Guard | None:
        """Most requests are nobody's: finding out each time would cost them 10 µs."""
        return self._of(ANONYMOUS)

    def _of(self, viewer: Viewer) -> Guard | None:
        if self._policies is None:
            return None
        shape = self._policies.shape(viewer)
        guard = self._kept.get(shape)
        if guard is None:
            guard = Guard(self._model, self._policies, shape, self._stage)
            self._kept.put(shape, guard)
        return None if guard.is_open else guard
