"""One exchange over a socket of its own: bytes as they are, and whatever comes back."""

import re
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from time import monotonic

STATUS = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)[^\r\n]*\r\n")
"""A status line. None of the requests holds one, so that no answer repeats one."""

PORTION = 65_536
"""Bytes that are read at once."""


class End(Enum):
    """What the client does when it has sent everything."""

    WAIT = "wait for the answer"
    SHUT = "close its own side, then wait"
    DROP = "reset the connection at once"
    HOLD = "say nothing more and stay"


@dataclass(frozen=True, slots=True)
class Request:
    """Bytes to send. Only what asks the server to close the connection may end with WAIT."""

    family: str
    data: bytes
    end: End = End.WAIT

    def __str__(self) -> str:
        """So that a finding can be repeated."""
        return f"{self.family}, {self.end.value}: {self.data[:3000]!r} ({len(self.data):,} bytes)"


@dataclass(slots=True)
class Answer:
    """What came back. `is_reset` says that the server closed before it had read everything."""

    data: bytes = b""
    is_reset: bool = False
    connection: socket.socket | None = None

    @property
    def statuses(self) -> list[int]:
        """One for each request of the connection that was answered."""
        return [int(each) for each in STATUS.findall(self.data)]


def exchange(port: int, request: Request, patience: float) -> Answer:
    """Send it and read until the server closes. Raises TimeoutError after `patience` seconds."""
    answer = Answer()
    connection = socket.create_connection(("127.0.0.1", port), patience)
    try:
        connection.sendall(request.data)
        if request.end is End.HOLD:
            answer.connection = connection
            return answer
        if request.end is End.DROP:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            if request.end is End.SHUT:
                connection.shutdown(socket.SHUT_WR)
            for portion in _portions(connection, monotonic() + patience):
                answer.data += portion
    except TimeoutError:
        connection.close()
        raise
    except OSError:  # reset while it was written to, shut or read
        answer.is_reset = True
    if answer.connection is None:
        connection.close()
    return answer


def _portions(connection: socket.socket, deadline: float) -> Iterator[bytes]:
    while portion := connection.recv(PORTION):
        yield portion
        connection.settimeout(max(0.001, deadline - monotonic()))


def http(method: str, target: str | bytes, headers: str = "", body: bytes | None = None) -> bytes:
    """A request whose framing is right."""
    address = target if isinstance(target, bytes) else target.encode("utf-8", "surrogatepass")
    length = "" if body is None else f"Content-Length: {len(body)}\r\n"
    head = f"Host: fuzz.example\r\nConnection: close\r\n{length}{headers}\r\n"
    return method.encode() + b" " + address + b" HTTP/1.1\r\n" + head.encode("latin-1") + (body or b"")
