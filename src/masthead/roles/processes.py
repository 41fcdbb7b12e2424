"""Each role as a whole process. What a role needs is imported when it runs: the others start sooner."""

import asyncio
import os
import socket
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from masthead.kernel.settings import Settings, read_settings


def run_api() -> None:
    """Serve the APIs and the cached pages on HOST:PORT until SIGTERM or SIGINT."""
    from masthead.kernel.telemetry import configure_logging
    from masthead.roles.api.server import serve_api
    from masthead.roles.listen import open_listener

    settings = read_settings()
    configure_logging("api", settings.log_format, settings.log_level)
    _run(serve_api(settings, open_listener(settings.host, settings.port)))


def run_inherited_api(socket_number: int, state_file: Path) -> None:
    """Serve as part of `masthead up`: on an open socket, with a database that standard input names."""
    from masthead.kernel.telemetry import configure_logging
    from masthead.roles.api.server import serve_api

    url = sys.stdin.readline().strip()
    if not url:
        return  # the supervisor was stopped before there was a database
    settings = read_settings(database_url=url)
    configure_logging("api", settings.log_format, settings.log_level)
    _run(serve_api(settings, socket.socket(fileno=socket_number), state_file))


def run_worker() -> None:
    """Do what is scheduled, and remove what has expired, until SIGTERM or SIGINT."""
    _run_worker(read_settings())


def run_inherited_worker() -> None:
    """Work as part of `masthead up`: with a database that standard input names."""
    if url := sys.stdin.readline().strip():  # else the supervisor was stopped before there was a database
        _run_worker(read_settings(database_url=url))


def _run_worker(settings: Settings) -> None:
    from masthead.kernel.telemetry import configure_logging
    from masthead.roles.worker.server import serve_worker

    configure_logging("worker", settings.log_format, settings.log_level)
    _run(serve_worker(settings))


def run_relay() -> None:
    """Give events their positions until SIGTERM or SIGINT."""
    from masthead.kernel.telemetry import configure_logging
    from masthead.roles.relay.server import serve_relay

    settings = read_settings()
    configure_logging("relay", settings.log_format, settings.log_level)
    _run(serve_relay(settings))


def run_site() -> None:
    """Become Node, rendering pages for the API at MASTHEAD_API_URL."""
    from masthead.roles.site import site_command

    settings = read_settings()
    node = site_command(
        site_directory=settings.site_directory,
        api_url=settings.api_url,
        port=settings.site_port,
        memory_mb=settings.site_memory_mb,
        is_live=settings.live_reload,
    )
    os.execve(node.arguments[0], node.arguments, dict(node.environment))  # noqa: S606 - signals reach Node itself


def run_up(folder: Path, settings: Settings) -> None:
    """Serve the publication in `folder` until SIGINT or SIGTERM. Raises MastheadError."""
    from masthead.kernel.telemetry import configure_logging
    from masthead.roles.supervisor.screen import Screen

    screen = Screen(str(folder))
    configure_logging("up", settings.log_format, settings.log_level)
    from masthead.roles.supervisor.up import up

    asyncio.run(up(folder.resolve(), settings, screen))


def _run(main: Coroutine[Any, Any, None]) -> None:
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        asyncio.run(main)
    else:
        uvloop.run(main)
