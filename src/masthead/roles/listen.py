"""The public port: taken once, before anything is started, and handed to the process that answers."""

import errno
import socket

from masthead.kernel import ConflictError, InputError

BACKLOG = 1024
"""Connections that may wait, also while the API process is being started again."""


def open_listener(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises ConflictError for a port that is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    # A port whose last connections are still closing may be taken again at once.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise _refused(host, port, error) from error
    listener.setblocking(False)
    return listener


def _refused(host: str, port: int, error: OSError) -> ConflictError | InputError:
    match error.errno:
        case errno.EADDRINUSE:
            return ConflictError(
                "port-taken",
                f"Port {port} on {host} is taken by another program.",
                f"Choose another: `--port {port + 1}`, or `--port 0` for any free one.",
            )
        case errno.EACCES:
            return InputError(
                "port-refused",
                f"This user may not listen on port {port}.",
                "Choose one above 1023, such as `--port 8000`.",
            )
        case _:
            return InputError(
                "host-invalid",
                f"This machine cannot listen on {host}: {error.strerror}.",
                "Set HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0.",
            )
