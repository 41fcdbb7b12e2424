"""The page of receivers cannot say what is not so: its receiver runs, and takes what is signed alone."""

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import orjson

from masthead.events import MEDIA_TYPE
from masthead.kernel import new_id, utc_now
from masthead.roles.webhooks import Sender
from masthead.webhooks import Message, new_secret, signed_headers

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "receive-webhooks.md").read_text("utf-8")
EVENT = new_id()
BODY = orjson.dumps({"id": str(EVENT), "type": "content.entry.published.v1", "data": {"path": "/posts/a"}})


@asynccontextmanager
async def receiver(secret: str) -> AsyncIterator[tuple[str, asyncio.StreamReader]]:
    """The one of the page, while the block lasts: its address, and what it prints."""
    (source,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    environment = {**os.environ, "WEBHOOK_SECRET": secret, "PORT": "0"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", source, stdout=PIPE, stderr=asyncio.subprocess.DEVNULL, env=environment
    )
    assert process.stdout is not None
    try:
        port = (await asyncio.wait_for(process.stdout.readline(), 20)).split()[-1].decode()
        yield f"http://127.0.0.1:{port}/", process.stdout
    finally:
        process.kill()
        await process.wait()


async def test_the_receiver_takes_what_is_signed_and_handles_it_once() -> None:
    """With either of two secrets; what comes again is answered well, and not handled again."""
    secret = new_secret()
    send = Sender(timeout=20, may_be_private=True)
    async with receiver(secret) as (url, printed):
        for keys in ([secret], [new_secret(), secret], [new_secret()]):
            headers = {"content-type": MEDIA_TYPE, **signed_headers(EVENT, utc_now(), BODY, keys)}
            reply = await send(Message(url, headers, BODY))
            assert reply.status == (204 if secret in keys else 401)
        assert await printed.readline() == b"content.entry.published.v1 /posts/a\n"
    assert await printed.read() == b""


def test_every_verb_of_the_page_exists() -> None:
    """Each has a page of help."""
    verbs = set(re.findall(r"masthead (webhooks \w+|events|up)", PAGE))
    helps = Path(__file__).parent / "cli_help"
    missing = [each for each in verbs if not (helps / f"masthead-{each.replace(' ', '-')}.txt").exists()]
    assert len(verbs) == 10
    assert missing == []
