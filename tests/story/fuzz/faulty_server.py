"""A tiny HTTP server with a fault that the judge must find: `python faulty_server.py FAULT`.

It prints its port. Each tenth request meets the fault; all others are answered 200.
"""

import socketserver
import sys
from http.server import BaseHTTPRequestHandler
from itertools import count
from threading import Event
from time import process_time

FAULTS = ("none", "fails", "fails inside", "burns", "grows", "hangs", "dies", "says nothing")


class Handler(BaseHTTPRequestHandler):
    """Answers GET."""

    fault = "none"
    numbers = count(1)
    kept: list[bytes] = []  # noqa: RUF012 - a leak is what is wanted

    def do_GET(self) -> None:
        """The fault, or 200."""
        status, body = 200, b'{"data":{}}'
        if next(self.numbers) % 10 == 0:
            match self.fault:
                case "fails":
                    status = 500
                case "fails inside":
                    body = b'{"data":null,"errors":[{"extensions":{"code":"SERVER_ERROR"}}]}'
                case "burns":
                    _burn()
                case "grows":
                    self.kept.append(b"x" * 2**20)
                case "hangs":
                    Event().wait()
                case "dies":
                    sys.exit(1)
                case "says nothing":
                    return
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


def _burn() -> None:
    start = process_time()
    while process_time() - start < 0.5:
        pass


if __name__ == "__main__":
    Handler.fault = sys.argv[1]
    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)  # noqa: T201 - who started it waits for the port
        server.serve_forever()
