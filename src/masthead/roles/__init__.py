"""The processes that Masthead consists of. Composition only: every rule lives in a room below."""

from masthead.roles.processes import run_api, run_relay, run_site, run_up, run_worker
from masthead.roles.supervisor.public_address import public_address

__all__ = ["public_address", "run_api", "run_relay", "run_site", "run_up", "run_worker"]
