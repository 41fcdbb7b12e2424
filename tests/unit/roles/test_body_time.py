"""A request whose body does not come, and those that must not be taken for one."""

import asyncio
from typing import Any

import pytest

from masthead.kernel import InputError
from masthead.roles.api.body_time import BodyInTime

SOON, NEVER = 0.01, 3600


class Client:
    """Sends chunks, and then nothing; keeps what it is answered."""

    def __init__(self, *chunks: bytes, has_more: bool) -> None:
        self._coming = [{"type": "http.request", "body": each, "more_body": True} for each in chunks]
        if not has_more:
            self._coming[-1]["more_body"] = False
        self.is_waited_for = asyncio.Event()
        self.status = 0

    async def receive(self) -> dict[str, Any]:
        if self._coming:
            return self._coming.pop(0)
        self.is_waited_for.set()
        return await asyncio.Future()

    async def send(self, message: Any) -> None:
        self.status = message.get("status", self.status)


async def read_all(_: Any, receive: Any, send: Any) -> None:
    """An application that wants the whole body."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def asking(client: Client, layer: BodyInTime) -> "asyncio.Task[None]":
    scope = {"type": "http", "method": "POST", "path": "/api/posts", "headers": []}
    return asyncio.create_task(layer(scope, client.receive, client.send))  # type: ignore[arg-type]  # coroutines


async def test_many_that_wait_are_all_answered() -> None:
    """Each 408, by one timer; who was quick is not disturbed."""
    layer = BodyInTime(read_all, SOON)
    slow = [Client(b"a", b"b", has_more=True) for _ in range(20)]
    quick = Client(b"a", b"b", has_more=False)
    await asyncio.gather(*(asking(each, layer) for each in (*slow, quick)))
    assert [each.status for each in slow] == [408] * 20
    assert quick.status == 200


async def test_a_client_that_stays_after_its_body_is_not_late() -> None:
    """Whoever listens for its leaving listens as long as that takes."""
    heard = asyncio.Event()

    async def listening(_: Any, receive: Any, __: Any) -> None:
        await receive()
        heard.set()
        await receive()

    client, other = Client(b"a", has_more=False), Client(has_more=True)
    layer = BodyInTime(listening, SOON)
    task = asking(client, layer)
    await heard.wait()
    await asking(other, layer)  # its time is over after that of the first
    assert (other.status, client.status, task.done()) == (408, 0, False)
    task.cancel()


async def test_a_body_is_late_also_for_who_reads_it_too_late() -> None:
    """The time is the request's, not that of one read."""
    begun, over = asyncio.Event(), asyncio.Event()

    async def slow_reader(_: Any, receive: Any, send: Any) -> None:
        begun.set()
        await over.wait()
        await read_all(_, receive, send)

    late, other = Client(b"a", has_more=False), Client(has_more=True)
    task = asking(late, BodyInTime(slow_reader, SOON))
    await begun.wait()
    await asking(other, BodyInTime(read_all, SOON * 2))
    over.set()
    await task
    assert late.status == 408


async def test_who_is_cancelled_by_others_is_cancelled() -> None:
    """A server that stops is not told of a late body."""
    client = Client(has_more=True)
    task = asking(client, BodyInTime(read_all, NEVER))
    await client.is_waited_for.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert client.status == 0


async def test_the_application_may_answer_a_late_body_itself() -> None:
    """It gets an InputError where it reads; its task goes on uncancelled."""
    seen: list[tuple[str, int]] = []

    async def own_words(_: Any, receive: Any, __: Any) -> None:
        try:
            await receive()
        except InputError as error:
            task = asyncio.current_task()
            assert task is not None
            seen.append((error.code, task.cancelling()))

    await asking(Client(has_more=True), BodyInTime(own_words, SOON))
    assert seen == [("request-timeout", 0)]
