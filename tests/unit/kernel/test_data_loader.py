"""DataLoader behaves as the reference does: the test list of graphql/dataloader 2.2, in its order."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from masthead.kernel import DataLoader, InputError, operation
from masthead.kernel.data_loader import _operation


@pytest.fixture(autouse=True)
def _one_operation() -> Iterator[None]:
    with operation():
        yield


class Identity:
    """Loads each key as itself and remembers the batches; keys in `wrong` are errors."""

    def __init__(self, wrong: Sequence[Any] = (), **options: Any) -> None:
        self.batches: list[list[Any]] = []
        self.wrong = wrong
        self.loader: DataLoader[Any, Any] = DataLoader(self.load, **options)

    async def load(self, keys: list[Any]) -> list[Any]:
        self.batches.append(keys)
        return [ValueError(key) if key in self.wrong else key for key in keys]


async def test_builds_a_simple_loader() -> None:
    """A load can be awaited and gives the value."""
    assert await Identity().loader.load(1) == 1


async def test_loads_many_keys_in_one_call() -> None:
    """In their order; of no keys nothing, without a batch."""
    made = Identity()
    assert await made.loader.load_many([1, 2]) == [1, 2]
    assert await made.loader.load_many([]) == []
    assert made.batches == [[1, 2]]


async def test_loads_many_keys_with_errors() -> None:
    """An exception stands in the place of its key and hides nothing else."""
    one, two, three = await Identity(wrong=["bad"]).loader.load_many(["a", "bad", "c"])
    assert (one, type(two), three) == ("a", ValueError, "c")


async def test_batches_multiple_requests() -> None:
    """Loads of one tick are one batch."""
    made = Identity()
    assert await asyncio.gather(made.loader.load(1), made.loader.load(2)) == [1, 2]
    assert made.batches == [[1, 2]]


async def test_a_load_asks_without_being_awaited() -> None:
    """The batch is sent all the same, and its error disturbs nobody."""
    made = Identity(wrong=[1])
    made.loader.load(1)
    await made.loader.load(2)
    assert made.batches == [[1, 2]]


@pytest.mark.parametrize(
    ("size", "batches"), [(2, [[1, 2], [3]]), (1, [[1], [2], [3]]), (3, [[1, 2, 3]]), (None, [[1, 2, 3]])]
)
async def test_batches_with_max_batch_sizes(size: int | None, batches: list[list[int]]) -> None:
    """No batch is larger."""
    made = Identity(max_batch_size=size)
    assert await made.loader.load_many([1, 2, 3]) == [1, 2, 3]
    assert made.batches == batches


async def test_a_known_value_comes_with_the_batch() -> None:
    """So whoever awaits it goes on together with those who await a new one, into one next batch."""
    made, order = Identity(), list[str]()
    made.loader.prime(1, 1)

    async def follow(key: int) -> None:
        await made.loader.load(key)
        order.append(f"has {key}")
        await made.loader.load(key + 10)

    await asyncio.gather(follow(1), follow(2))
    assert made.batches == [[2], [11, 12]]


async def test_max_batch_size_counts_known_values() -> None:
    """Known values take room in a batch as well."""
    made = Identity(max_batch_size=1)
    made.loader.prime(1, 1)
    assert await asyncio.gather(made.loader.load(1), made.loader.load(2)) == [1, 2]
    assert made.batches == [[2]]


async def test_coalesces_identical_requests() -> None:
    """The same key once."""
    made = Identity()
    assert await asyncio.gather(made.loader.load(1), made.loader.load(1)) == [1, 1]
    assert made.batches == [[1]]


async def test_coalesces_identical_requests_across_sized_batches() -> None:
    """Also when a batch in between was full."""
    made = Identity(max_batch_size=2)
    assert await made.loader.load_many([1, 2, 1, 3]) == [1, 2, 1, 3]
    assert made.batches == [[1, 2], [3]]


async def test_caches_repeated_requests() -> None:
    """What was loaded is not asked for again."""
    made = Identity()
    assert await made.loader.load_many(["A", "B"]) == ["A", "B"]
    assert await made.loader.load_many(["A", "C"]) == ["A", "C"]
    assert made.batches == [["A", "B"], ["C"]]


async def test_clears_single_value() -> None:
    """Only that key is asked for again."""
    made = Identity()
    await made.loader.load_many(["A", "B"])
    made.loader.clear("A")
    await made.loader.load_many(["A", "B"])
    assert made.batches == [["A", "B"], ["A"]]


async def test_clears_all_values() -> None:
    """Every key is asked for again."""
    made = Identity()
    await made.loader.load_many(["A", "B"])
    made.loader.clear_all()
    await made.loader.load_many(["A", "B"])
    assert made.batches == [["A", "B"], ["A", "B"]]


async def test_allows_priming() -> None:
    """A primed value is not asked for, and priming again changes nothing."""
    made = Identity()
    made.loader.prime("A", "primed").prime("A", "again")
    assert await made.loader.load_many(["A", "B"]) == ["primed", "B"]
    made.loader.prime("B", "late")
    assert await made.loader.load("B") == "B"
    assert made.batches == [["B"]]


async def test_allows_forcefully_priming() -> None:
    """Clear first, then prime."""
    made = Identity()
    await made.loader.load("A")
    made.loader.clear("A").prime("A", "forced")
    assert await made.loader.load("A") == "forced"


async def test_not_only_errors_and_resolves_to_error() -> None:
    """A load that failed raises its own exception; its neighbours have values."""
    made = Identity(wrong=[1])
    failing, fine = made.loader.load(1), made.loader.load(2)
    with pytest.raises(ValueError, match="1"):
        await failing
    assert await fine == 2


async def test_caches_failed_fetches() -> None:
    """A key that failed is not asked for again, until it is cleared."""
    made = Identity(wrong=[1])
    for _ in range(2):
        with pytest.raises(ValueError, match="1"):
            await made.loader.load(1)
    assert made.batches == [[1]]
    made.loader.clear(1)
    with pytest.raises(ValueError, match="1"):
        await made.loader.load(1)
    assert made.batches == [[1], [1]]


async def test_handles_priming_with_an_error() -> None:
    """It is raised, without asking."""
    made = Identity()
    made.loader.prime(1, KeyError("primed"))
    with pytest.raises(KeyError, match="primed"):
        await made.loader.load(1)
    assert made.batches == []


async def test_a_batch_that_fails_is_not_remembered() -> None:
    """Every load of it raises, and all its keys are asked for again."""
    calls = []

    async def fail(keys: list[int]) -> list[int]:
        calls.append(keys)
        raise OSError("gone")

    loader: DataLoader[int, int] = DataLoader(fail)
    for _ in range(2):
        assert [type(each) for each in await loader.load_many([1, 2])] == [OSError, OSError]
    assert calls == [[1, 2], [1, 2]]


async def test_disables_caching() -> None:
    """Without the cache every load asks, and a batch holds a key as often as it was asked for."""
    made = Identity(is_cached=False)
    assert await made.loader.load_many(["A", "A"]) == ["A", "A"]
    assert await made.loader.load("A") == "A"
    assert made.batches == [["A", "A"], ["A"]]


async def test_disables_batching() -> None:
    """Every key is a batch of its own, and the cache works."""
    made = Identity(is_batched=False)
    assert await made.loader.load_many([1, 2, 1]) == [1, 2, 1]
    assert made.batches == [[1], [2]]


async def test_keys_may_be_cleared_in_batch_function() -> None:
    """Then they are asked for again, while their own load goes on."""
    made = Identity()

    async def load(keys: list[str]) -> list[str]:
        made.batches.append(keys)
        loader.clear_all()
        return keys

    loader: DataLoader[str, str] = DataLoader(load)
    await loader.load_many(["A", "B"])
    await loader.load("A")
    assert made.batches == [["A", "B"], ["A"]]


async def test_accepts_a_cache_key_function() -> None:
    """Keys that have it in common are one key; the function gets the first of them."""
    made = Identity(cache_key=lambda key: key["id"])
    one, same = {"id": 1, "a": 1}, {"id": 1, "b": 2}
    assert await asyncio.gather(made.loader.load(one), made.loader.load(same)) == [one, one]
    made.loader.clear({"id": 1}).prime({"id": 1}, "known")
    assert await made.loader.load(one) == "known"
    assert made.batches == [[one]]


async def test_a_custom_schedule() -> None:
    """The batch is sent when the schedule says so, and once."""
    waiting: list[Callable[[], None]] = []
    made = Identity(schedule=waiting.append)
    loads = [made.loader.load(1)]
    await asyncio.sleep(0)
    loads.append(made.loader.load(2))
    for send in [*waiting, *waiting]:
        send()
    assert [await each for each in loads] == [1, 2]
    assert made.batches == [[1, 2]]


async def test_batches_loads_of_coroutines_that_were_woken_together() -> None:
    """Through a gather as well as without: a chain of two loaders costs two batches."""
    first, second = Identity(), Identity()

    async def plain() -> None:
        await first.loader.load(1)
        await second.loader.load(1)

    async def gathered() -> None:
        await asyncio.gather(first.loader.load(2), first.loader.load(3))
        await second.loader.load(2)

    await asyncio.gather(plain(), gathered())
    assert (first.batches, second.batches) == ([[1, 2, 3]], [[1, 2]])


async def test_can_call_a_loader_from_a_loader() -> None:
    """The deep loader gets one batch a batch of the shallow one."""
    deep = Identity()
    shallow: DataLoader[int, int] = DataLoader(deep.loader.load_many)
    assert await shallow.load_many([1, 2]) == [1, 2]
    assert deep.batches == [[1, 2]]


@pytest.mark.parametrize("values", [[1], [1, 2, 3], None, "ab", 5])
async def test_the_function_must_return_as_many_values(values: Any) -> None:
    """A list, as long as the keys: otherwise every load says what was wrong."""

    async def load(_: list[int]) -> Any:
        return values

    loader: DataLoader[int, int] = DataLoader(load)
    for each in await loader.load_many([1, 2]):
        assert isinstance(each, TypeError)


async def test_the_function_must_be_async() -> None:
    """A plain function is told from one that can wait."""
    loader: DataLoader[int, int] = DataLoader(lambda keys: keys)  # type: ignore[arg-type, return-value]  # wrong
    with pytest.raises(TypeError):
        await loader.load(1)


@pytest.mark.parametrize(("key", "code"), [(None, "loader-key"), ([1], "loader-key")])
async def test_keys_are_values_that_can_be_hashed(key: Any, code: str) -> None:
    """None and lists are no keys."""
    with pytest.raises(InputError) as refused:
        Identity().loader.load(key)
    assert refused.value.code == code


@pytest.mark.parametrize("made", [lambda: DataLoader(3), lambda: Identity(max_batch_size=0)])  # type: ignore[arg-type]  # wrong
def test_a_loader_is_made_of_a_function_and_a_size(made: Callable[[], object]) -> None:
    """Anything else is refused where it is declared."""
    with pytest.raises(InputError):
        made()


async def test_nothing_is_remembered_from_one_operation_to_the_next() -> None:
    """One loader, declared once: two operations at the same time know nothing of each other."""
    made = Identity()

    async def one() -> None:
        with operation():
            await made.loader.load("A")
            await made.loader.load("A")

    await asyncio.gather(asyncio.create_task(one()), asyncio.create_task(one()))
    assert made.batches == [["A"], ["A"]]


async def test_one_that_gives_up_takes_nothing_from_others() -> None:
    """A task that is cancelled while it waits leaves the load to whoever else awaits it."""
    gate = asyncio.Event()

    async def load(keys: list[int]) -> list[int]:
        await gate.wait()
        return keys

    loader: DataLoader[int, int] = DataLoader(load)
    tasks = [asyncio.create_task(loader.load_many([1])) for _ in range(2)]  # type: ignore[arg-type]  # a coroutine
    await asyncio.sleep(0)
    tasks[0].cancel()
    gate.set()
    assert await tasks[1] == [1]


async def test_the_end_of_an_operation_ends_its_batches() -> None:
    """What nobody can await any more is cancelled."""
    started, ended = asyncio.Event(), asyncio.Event()

    async def load(keys: list[int]) -> list[int]:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return keys

    loader: DataLoader[int, int] = DataLoader(load)
    with operation():
        waiting = asyncio.ensure_future(loader.load(1))
        await started.wait()
    await ended.wait()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_there_is_nothing_to_load_outside_of_an_operation() -> None:
    """Nobody could say for how long to remember it: the error names the remedy."""
    token = _operation.set(None)
    try:
        with pytest.raises(InputError, match=r"mh\.operation") as refused:
            Identity().loader.load(1)
    finally:
        _operation.reset(token)
    assert refused.value.code == "loader-outside"
