"""Previews over HTTP: making, listing and ending links; opening one, and leaving."""

from masthead.content.previews import LINK, link_json
from masthead.rest.previews.cookie import preview_token
from masthead.rest.previews.endpoint import PreviewEndpoint, is_of_previews

__all__ = ["LINK", "PreviewEndpoint", "is_of_previews", "link_json", "preview_token"]
