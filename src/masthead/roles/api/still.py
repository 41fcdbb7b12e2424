"""Whether a viewer is still who it was: asked of those who listen for long, again and again."""

from masthead.access import Viewer
from masthead.graphql.live import IsStill
from masthead.people import Identity


def still_of_session(identity: Identity, secret: str, viewer: Viewer) -> IsStill:
    """Whether a session is still that of the viewer, who may what it might."""

    async def is_still() -> bool:
        found = await identity.of_session(secret)
        return found is not None and found.viewer == viewer

    return is_still


def still_of_token(identity: Identity, token: str, viewer: Viewer) -> IsStill:
    """The same for an API token."""

    async def is_still() -> bool:
        found = await identity.of_token(token)
        return found is not None and found.viewer == viewer

    return is_still
