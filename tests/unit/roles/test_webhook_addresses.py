"""Where webhooks may go: to public addresses, and to the very ones that were looked at."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address

import httpcore
import pytest

from masthead.roles.webhooks import Sender
from masthead.roles.webhooks.addresses import RefusedAddressError, is_public, resolve
from masthead.roles.webhooks.pinned import PinnedBackend
from masthead.webhooks import Message, Reply


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450::1"]
)
def test_public_addresses(address: str) -> None:
    """Those that anybody may have."""
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "100::1", "2001::1", "2001:db8::1",
        "2002:7f00:1::", "3fff::1", "5f00::1", "fec0::1",
    ],
)  # fmt: skip
def test_addresses_that_are_refused(address: str) -> None:
    """Private, loopback, link-local, shared, reserved, multicast, and whatever has an IPv4 address in it."""
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "::1", "0"])
async def test_every_spelling_is_looked_at_as_what_it_leads_to(host: str) -> None:
    """The resolver reads it, not we."""
    with pytest.raises(httpcore.ConnectError):
        await resolve(host, 80, may_be_private=False)


async def test_a_refused_address_is_never_connected_to() -> None:
    """Neither by the backend nor by the sender, which says why."""
    with pytest.raises(RefusedAddressError):
        await PinnedBackend(may_be_private=False).connect_tcp("127.0.0.1", 1)
    reply = await Sender(timeout=5, may_be_private=False)(Message("http://127.0.0.1:1/", {}, b"{}"))
    assert reply.status is None
    assert reply.error == "RefusedAddressError: 127.0.0.1 leads to 127.0.0.1, which is not public."


async def test_with_the_setting_it_may_be_private() -> None:
    """For receivers beside us."""
    assert await resolve("127.0.0.1", 80, may_be_private=True) == ["127.0.0.1"]


async def test_the_name_is_told_to_the_address_that_was_looked_at() -> None:
    """In TLS's server name, which comes before any certificate; nothing is resolved a second time."""
    heard: list[bytes] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(2000))
        writer.close()

    async with await asyncio.start_server(hear, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        message = Message(f"https://localhost:{port}/", {}, b"{}")
        reply = await Sender(timeout=5, may_be_private=True)(message)
    assert reply.status is None
    assert b"localhost" in heard[0]


async def test_an_answer_is_bounded_in_bytes_and_time() -> None:
    """What has no end is cut; what does not come is not waited for; what is no HTTP is an error."""

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nretry-after: 7\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while not writer.is_closing():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    async def no_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"{}")
        writer.write(b"220 smtp.example.org\r\n")

    found = [await _asked(each) for each in (endless, never, trickle, no_http)]
    assert [(each.status, len(each.body)) for each in found] == [
        (200, 16_384),
        (None, 0),
        (None, 0),
        (None, 0),
    ]
    assert found[0].retry_after == "7"
    assert found[1].error == found[2].error == "No answer within 0.3 seconds."
    assert found[3].error is not None
    assert "ProtocolError" in found[3].error


async def _asked(serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> Reply:
    is_over = asyncio.Event()

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await serve(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        is_over.set()

    async with await asyncio.start_server(serve_one, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        reply = await Sender(timeout=0.3, may_be_private=True)(Message(url, {}, b"{}"))
        async with asyncio.timeout(10):
            await is_over.wait()
    return reply
