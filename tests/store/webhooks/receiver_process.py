"""A receiver of webhooks as a process of its own: `python -m tests.store.webhooks.receiver_process FILE`.

It prints its port, and writes each request that it has read as a line of JSON to FILE. The path says how it
answers: /well, /slow (late), /wrong (an error, a redirect, no HTTP at all; well from the fourth on), /cut
(hangs up), /never, /gone (410), /endless (an answer without end).
"""

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path

OK = b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n"
WRONG = (
    b"HTTP/1.1 500 Oh\r\ncontent-length: 4\r\n\r\nfail",
    b"HTTP/1.1 302 Found\r\nlocation: /well\r\ncontent-length: 0\r\n\r\n",
    b"\x16\x03\x01 no HTTP\r\n\r\n",
)


class Receiver:
    """Writes down, then answers."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a")
        self._seen: Counter[tuple[str, str]] = Counter()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
            }
            body = await reader.readexactly(int(headers["content-length"]))
            path = first.split(" ")[1]
            print(json.dumps([path, headers, body.decode()]), file=self._file, flush=True)
            await self._answer(path, headers["webhook-id"], writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, path: str, event: str, writer: asyncio.StreamWriter) -> None:
        times, self._seen[path, event] = self._seen[path, event], self._seen[path, event] + 1
        match path:
            case "/slow":
                await asyncio.sleep(0.05)
            case "/never":
                await asyncio.Event().wait()
            case "/cut":
                return
            case "/gone":
                writer.write(b"HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n")
                return
            case "/endless":
                writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
                while True:
                    writer.write(b"x" * 65536)
                    await writer.drain()
        writer.write(WRONG[times] if path == "/wrong" and times < len(WRONG) else OK)
        await writer.drain()


async def main(file: Path) -> None:
    """Until somebody kills it."""
    server = await asyncio.start_server(Receiver(file), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
