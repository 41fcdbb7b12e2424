"""The processes that Masthead consists of. Composition only: every rule lives in a room below."""

from masthead.roles.processes import run_api, run_site, run_up

__all__ = ["run_api", "run_site", "run_up"]
