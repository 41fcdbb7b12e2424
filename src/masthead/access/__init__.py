"""Who may do what: viewers, policies and their predicates. Pure."""

from masthead.access.viewer import ACTIONS, ANONYMOUS, AUTHOR, EDITOR, OWNER, PLATFORM, Action, Viewer

__all__ = ["ACTIONS", "ANONYMOUS", "AUTHOR", "EDITOR", "OWNER", "PLATFORM", "Action", "Viewer"]
