"""Waiting for the public port to say that every part answers."""

import asyncio

import orjson

from masthead.kernel import UnavailableError

LONGEST = 60.0
"""Seconds for a first start on a slow machine."""

PAUSE = 0.05


async def wait_until_ready(address: str) -> None:
    """Return when `/readyz` says so. Raises UnavailableError, which names the part that does not answer."""
    host, _, port = address.removeprefix("http://").rpartition(":")
    state = "nothing answers"
    try:
        async with asyncio.timeout(LONGEST):
            while (state := await _ask(host.strip("[]"), int(port))) != "ok":  # noqa: ASYNC110 - the port is asked
                await asyncio.sleep(PAUSE)
    except TimeoutError as error:
        raise UnavailableError(
            "not-ready", f"After {LONGEST:.0f} seconds not every part answers: {state}.", "The log says why."
        ) from error


async def _ask(host: str, port: int) -> str:
    """ "ok", or what is wrong. One plain request: importing an HTTP library would take 0.3 seconds."""
    try:
        reader, writer = await asyncio.open_connection(host, port)
        try:
            writer.write(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
    except OSError as error:
        return str(error)
    return "ok" if b" 200 " in head.split(b"\r\n", 1)[0] else _parts(body)


def _parts(body: bytes) -> str:
    try:
        parts = orjson.loads(body)["parts"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return "the API is starting"
    return ", ".join(f"{name}: {state}" for name, state in parts.items() if state not in ("ok", "none"))
