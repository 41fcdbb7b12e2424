"""Webhooks over TLS: the address that was looked at, by the name that was meant, and no other certificate."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import trustme

from masthead.roles.webhooks import Sender
from masthead.webhooks import Message, Reply

NAME = "hook.example"
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
FIRST, SECOND = "127.0.0.1", "127.0.0.2"


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch) -> Iterator[trustme.CA]:
    """One that this process trusts, as the system's are: by OpenSSL's own setting."""
    authority = trustme.CA()
    with authority.cert_pem.tempfile() as path:
        monkeypatch.setenv("SSL_CERT_FILE", path)
        yield authority


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A resolver that gives one address the first time and another one from then on; what it was asked."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: Any, port: Any, *arguments: Any, **named: Any) -> Any:
        if host != NAME:
            return real(host, port, *arguments, **named)
        asked.append(host)
        address = FIRST if len(asked) == 1 else SECOND
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


@asynccontextmanager
async def receiver(certificate: trustme.LeafCert) -> AsyncIterator[tuple[int, list[tuple[str, str]]]]:
    """A server at the first address that takes everything; its port, and of each request the name in TLS and
    the Host."""
    heard: list[tuple[str, str]] = []
    names: list[str] = []
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    context.sni_callback = lambda _, name, __: names.append(name or "")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        (host,) = [line.partition(": ")[2] for line in head.splitlines() if line.startswith("host:")]
        heard.append((names[-1], host))
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, FIRST, 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1], heard


async def send(port: int) -> Reply:
    """One message to the name."""
    return await Sender(timeout=10, may_be_private=True)(Message(f"https://{NAME}:{port}/in", {}, b"{}"))


async def test_the_address_that_was_looked_at_is_asked_by_its_name(
    authority: trustme.CA, asked: list[str]
) -> None:
    """Whatever the name leads to a moment later (DNS rebinding): it is resolved once."""
    async with receiver(authority.issue_cert(NAME)) as (port, heard):
        assert await send(port) == Reply(204)
    assert heard == [(NAME, f"{NAME}:{port}")]
    assert asked == [NAME]


@pytest.mark.parametrize(
    ("issue", "why"),
    [
        (
            lambda authority: authority.issue_cert("other.example"),
            "certificate is not valid for 'hook.example'",
        ),
        (lambda authority: authority.issue_cert(NAME, not_after=LONG_AGO), "certificate has expired"),
        (lambda _: trustme.CA().issue_cert(NAME), "certificate verify failed"),
    ],
    ids=["another name", "expired", "nobody's"],
)
async def test_who_cannot_show_that_it_is_meant_hears_nothing(
    authority: trustme.CA, asked: list[str], issue: Callable[[trustme.CA], trustme.LeafCert], why: str
) -> None:
    """And the log says what is wrong with the certificate."""
    async with receiver(issue(authority)) as (port, heard):
        reply = await send(port)
    assert heard == []
    assert reply.status is None
    assert why in (reply.error or "")
