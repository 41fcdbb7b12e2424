"""Python completes an answer: each function once, each failure alone, every other byte as it was."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from masthead.kernel import DataLoader
from masthead.model import ComputedFunction, ContentLock, Entry, Parent, compile_model
from masthead.query import Failure, FieldComputer
from masthead.query.answer_paths import paths_at
from masthead.query.slot import Slot

ANSWER = b'{ "a": [{"x":{"$f0":0,"0":"A","$":0},"f":1.50}, \n {"x":{"$f0":0,"0":"B","$":0},"j":{"$f0": 0}}]}'
SLOT = Slot("Post", "value")


class Post(Entry):
    """An article."""

    title: str


@Post.field(needs=["title"])
def value(posts: list[Post]) -> list[str | None]:
    """A stand-in: each test computes by a function of its own."""
    return [post.title for post in posts]


MODEL = compile_model([Post], ContentLock())[0]


async def complete(
    function: Callable[[list[Any]], Any], answer: bytes = ANSWER, seconds: float = 5
) -> tuple[bytes, list[Failure]]:
    """The answer, completed by this function."""
    functions = {("Post", "value"): ComputedFunction(function)}
    return await FieldComputer(MODEL, functions, seconds).complete([SLOT], answer)


async def test_only_the_hidden_objects_are_replaced() -> None:
    """Spaces, line breaks, numbers and JSON that looks alike stay as PostgreSQL sent them."""
    body, failures = await complete(lambda posts: [post.title * 2 for post in posts])
    assert body == b'{ "a": [{"x":"AA","f":1.50}, \n {"x":"BB","j":{"$f0": 0}}]}'
    assert failures == []


async def test_a_function_is_called_once_with_each_different_parent() -> None:
    """For all places of an answer, in the order of the first of each."""
    calls: list[list[Parent]] = []

    async def remember(posts: list[Parent]) -> list[None]:
        calls.append(posts)
        return [None] * len(posts)

    body, _ = await complete(remember, ANSWER + ANSWER)
    assert [[post.title for post in posts] for posts in calls] == [["A", "B"]]
    assert body.count(b'"x":null') == 4


async def test_without_a_parent_nothing_is_called() -> None:
    """An empty page has nothing to compute."""
    assert await complete(lambda _: 1 / 0, b'{"a":[]}') == (b'{"a":[]}', [])


async def test_one_value_fails_alone() -> None:
    """Null at its path, list indices included; its neighbour has its value."""
    body, failures = await complete(lambda _: [KeyError("secret"), "fine"])
    assert body == b'{ "a": [{"x":null,"f":1.50}, \n {"x":"fine","j":{"$f0": 0}}]}'
    assert failures == [Failure(("a", 0, "x"), "Post.value", is_late=False)]


@pytest.mark.parametrize(
    "answer",
    [["one"], ["one", "two", "three"], None, "ab", {"a": 1}, [1, 2.5], [b"x", 3j], ["\ud800", True]],
    ids=repr,
)
async def test_what_does_not_fit_is_a_failure(answer: Any) -> None:
    """Too few values, too many, no list, or values of another type: every path has its error."""
    body, failures = await complete(lambda _: answer)
    assert body.count(b"null") == 2
    assert [each.path for each in failures] == [("a", 0, "x"), ("a", 1, "x")]


@pytest.mark.parametrize(
    "error", [RuntimeError("x"), asyncio.CancelledError(), TimeoutError(), StopIteration()]
)
@pytest.mark.parametrize("is_async", [True, False])
async def test_a_function_that_raises_fails_for_all(error: BaseException, is_async: bool) -> None:
    """Whatever it raises; the operation goes on."""

    def fail(_: list[Any]) -> Any:
        raise error

    async def fail_later(_: list[Any]) -> Any:
        await asyncio.sleep(0)
        raise error

    _, failures = await complete(fail_later if is_async else fail)
    assert [(each.path, each.is_late) for each in failures] == [
        (("a", 0, "x"), False), (("a", 1, "x"), False)
    ]  # fmt: skip


async def test_a_function_has_so_much_time() -> None:
    """Coroutines are cancelled; threads are left alone and not waited for."""
    gate = threading.Event()

    async def wait(_: list[Any]) -> Any:
        await asyncio.Event().wait()

    try:
        for function in (wait, lambda _: gate.wait()):
            _, failures = await complete(function, seconds=0.05)
            assert [each.is_late for each in failures] == [True, True]
    finally:
        gate.set()


async def test_a_cancelled_operation_ends() -> None:
    """A client that left takes its functions with it."""
    started = asyncio.Event()

    async def wait(_: list[Any]) -> Any:
        started.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(complete(wait))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_fields_share_loaders_within_one_operation_only() -> None:
    """Two fields, one batch; the next operation asks again."""
    batches: list[list[str]] = []

    async def load(keys: list[str]) -> list[str]:
        batches.append(keys)
        return keys

    loader: DataLoader[str, str] = DataLoader(load)

    async def call(posts: list[Any]) -> Any:
        return await loader.load_many([post.title for post in posts])

    functions = {("Post", "value"): ComputedFunction(call)}
    computer = FieldComputer(MODEL, functions, 5)
    answer = ANSWER.replace(b'"0":"B"', b'"0":"A"') + ANSWER.replace(b"$f0", b"$f1")
    for _ in range(2):
        await computer.complete([SLOT, Slot("Post", "value", (("a", "A"),))], answer)
    assert batches == [["A", "B"], ["A", "B"]]


def test_paths_are_read_from_bytes() -> None:
    """Strings may hold brackets, quotation marks and commas; empty lists and objects have no path."""
    json = rb'{"a":[[],{},"]},\"{",{"b\u0021":[1,2,"x"]}],"c":{"d":null}}'
    offsets = [json.index(b'"x"'), json.index(b'{"d"')]
    assert paths_at(json, offsets) == [("a", 3, "b!", 2), ("c",)]
