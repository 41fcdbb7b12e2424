"""Who releases are for."""

from masthead.access import NEVER, Policies, Viewer
from masthead.kernel import AccessError
from masthead.model import ContentModel


def check_publisher(model: ContentModel, policies: Policies, viewer: Viewer) -> None:
    """Releases are for those who may publish something. Raises AccessError."""
    if not any(policies.rule("publish", each.name, viewer) != NEVER for each in model):
        raise AccessError(
            "not-allowed",
            "Releases are for those who may publish.",
            "Ask someone who may, or for a role or a token that allows it.",
        )
