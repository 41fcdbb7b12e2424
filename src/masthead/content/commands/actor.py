"""Who gives a command, and from where."""

from dataclasses import dataclass
from uuid import UUID

from masthead.access import PLATFORM, Viewer
from masthead.events import Origin, Source


@dataclass(frozen=True, slots=True)
class Actor:
    """A viewer, and where the action comes from: the two are named together in history and audit."""

    viewer: Viewer
    origin: Origin

    @staticmethod
    def of(
        viewer: Viewer,
        source: Source,
        request: str | None = None,
        address: str | None = None,
        trace_parent: str | None = None,
    ) -> "Actor":
        """The actor that a viewer is when it comes from `source`."""
        return Actor(viewer, Origin(source, viewer.account, viewer.token, request, address, trace_parent))

    @staticmethod
    def platform(source: Source) -> "Actor":
        """The platform itself, in no request."""
        return Actor.of(PLATFORM, source)

    @property
    def account(self) -> UUID | None:
        """The account that revisions and entries name as their author."""
        return self.viewer.account
