"""Between making an answer and dropping it: every order of the two, one test each (decision 23).

What an answer says is what was true when it was read. A change is heard of after it was committed, and
before anybody was told that it is done.
"""

import asyncio
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from masthead.query.dependencies import Dependencies, Match
from masthead.roles.api.caching import Filling, Memory
from masthead.store import Change, Touch

ONE, OTHER = UUID(int=1), UUID(int=2)
OF_ONE = Dependencies(entries=frozenset([ONE]), types=frozenset(["Post"]))
POSTS = Dependencies(matches=(Match("Post"),))


def changed(entry: UUID, number: int = 1, type_name: str = "Post") -> Change:
    """One entry of a type is not as it was."""
    touch = Touch(type_name, entry, {"title": "a"}, {"title": "b"})
    return Change(number, frozenset([type_name]), (touch,))


class World:
    """What is true, a memory of it, and readers that a test holds where it wants them."""

    def __init__(self) -> None:
        self.memory = Memory[str]({"answers": 1000})
        self.truth = "old"
        self.reads = 0
        self._has_read = asyncio.Event()
        self._may_go_on = asyncio.Event()

    def ask(self, depends: Dependencies | None = OF_ONE, key: str = "k") -> "asyncio.Task[str]":
        """A reader who finds the memory good: it reads what is true, and is held before it answers."""

        async def make() -> Filling[str]:
            seen = self.truth
            self.reads += 1
            self._has_read.set()
            await self._may_go_on.wait()
            return Filling(seen, 10, "answers", depends)

        async def asking() -> str:
            kept = self.memory.hit(key)
            return kept if kept is not None else (await self.memory.get(key, make))[0].value

        return asyncio.create_task(asking())

    async def read(self) -> None:
        """Wait until another one has read."""
        await self._has_read.wait()
        self._has_read.clear()

    def go_on(self) -> None:
        """Let all go on who are held."""
        self._may_go_on.set()

    def publish(self, change: Change | None) -> None:
        """Something else is true now, the process hears of it, and its author is told that it is done."""
        self.truth = "new"
        self.memory.change(change)


async def test_what_was_read_before_a_change_that_touches_it_is_not_kept() -> None:
    """Read, changed, made: its asker began before, nobody else gets it."""
    world = World()
    early = world.ask()
    await world.read()
    world.publish(changed(ONE))
    world.go_on()
    assert await early == "old"
    assert world.memory.peek("k") is None
    assert await world.ask() == "new"


async def test_who_begins_after_a_change_does_not_join_who_began_before() -> None:
    """The one that is being made may have been read already, and nobody knows yet what it depends on."""
    world = World()
    early = world.ask()
    await world.read()
    world.publish(changed(ONE))
    late = world.ask()
    await world.read()
    world.go_on()
    assert (await early, await late) == ("old", "new")
    assert world.memory.peek("k") == "new"


async def test_the_slower_of_two_does_not_replace_the_newer() -> None:
    """However late the one from before the change is done."""
    world = World()
    early = world.ask()
    await world.read()
    world.publish(changed(ONE))
    world.go_on()
    late = world.ask()
    assert await late == "new"
    assert await early == "old"
    assert world.memory.peek("k") == "new"


async def test_what_a_change_does_not_touch_is_kept_and_made_once_more_at_most() -> None:
    """The change was about something else."""
    world = World()
    early = world.ask()
    await world.read()
    world.memory.change(changed(OTHER))
    world.go_on()
    assert await early == "old"
    assert world.memory.peek("k") == "old"


async def test_every_change_counts_that_came_meanwhile() -> None:
    """Also one that is followed by others."""
    world = World()
    early = world.ask()
    await world.read()
    for number, entry in enumerate((OTHER, ONE, OTHER)):
        world.publish(changed(entry, number))
    world.go_on()
    await early
    assert world.memory.peek("k") is None


async def test_after_an_unknown_change_nothing_that_was_begun_is_kept() -> None:
    """None: any number of changes, of which nobody knows what they touched."""
    world = World()
    early = world.ask(Dependencies())
    await world.read()
    world.publish(None)
    world.go_on()
    await early
    assert world.memory.peek("k") is None


async def test_what_depends_on_nobody_knows_what_goes_with_every_change() -> None:
    """While it is made, and when it is kept."""
    world = World()
    world.go_on()
    await world.ask(None)
    assert world.memory.peek("k") == "old"
    world.publish(changed(OTHER, type_name="Tag"))
    assert world.memory.peek("k") is None
    held = World()
    early = held.ask(None)
    await held.read()
    held.publish(changed(OTHER, type_name="Tag"))
    held.go_on()
    await early
    assert held.memory.peek("k") is None


async def test_a_change_drops_what_it_touches_and_nothing_else() -> None:
    """By entry, and by what would be in a list."""
    world = World()
    world.go_on()
    await world.ask(OF_ONE, "one")
    await world.ask(POSTS, "list")
    await world.ask(Dependencies(entries=frozenset([OTHER]), types=frozenset(["Tag"])), "other")
    world.publish(changed(ONE))
    assert [world.memory.peek(key) for key in ("one", "list", "other")] == [None, None, "old"]
    assert world.memory.drops["touched"] == 2


async def test_many_changes_while_one_is_made_are_not_remembered_without_end() -> None:
    """It is not kept then."""
    world = World()
    early = world.ask()
    await world.read()
    for number in range(1500):
        world.memory.change(changed(OTHER, number))
    world.go_on()
    await early
    assert world.memory.peek("k") is None


async def test_where_memory_may_be_old_nobody_joins_who_began_before() -> None:
    """One is being made and one waits, however many ask; the one that waits is read after all who get it
    have asked. Nothing is kept."""
    memory, truth, reads = Memory[str]({"answers": 100}), ["first"], 0
    is_reading, may_go_on = asyncio.Event(), asyncio.Event()

    async def make() -> Filling[str]:
        nonlocal reads
        reads += 1
        seen = truth[0]
        is_reading.set()
        await may_go_on.wait()
        return Filling(seen, 10, "answers", POSTS)

    early = asyncio.create_task(memory.bypass("k", make))
    await is_reading.wait()
    truth[0] = "second"
    late = [asyncio.create_task(memory.bypass("k", make)) for _ in range(50)]
    await asyncio.sleep(0)
    may_go_on.set()
    assert await early == "first"
    assert set(await asyncio.gather(*late)) == {"second"}
    assert reads == 2
    assert memory.peek("k") is None


async def test_what_is_heard_of_just_before_it_is_kept_counts() -> None:
    """Making certain that all was heard of can be how it is heard of."""
    memory: Memory[str]

    async def knows_all() -> bool:
        memory.change(changed(ONE, 2))
        return True

    async def make() -> Filling[str]:
        return Filling("seen", 10, "answers", OF_ONE)

    memory = Memory({"answers": 100}, knows_all)
    filling, _ = await memory.get("k", make)
    assert filling.is_touched
    assert memory.peek("k") is None


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.sampled_from("ab"), st.booleans()),
        st.tuples(st.just("change"), st.sampled_from("ab"), st.booleans()),
        st.tuples(st.just("finish"), st.integers(0, 5), st.booleans()),
    ),
    max_size=40,
)


@given(STEPS)
async def test_no_order_of_steps_shows_what_was_there_before_a_change(
    steps: list[tuple[str, str | int, bool]],
) -> None:
    """The oracle: each answer says a version; none may be older than the newest that was acknowledged before
    its reader began. Readers are held, and let go, in any order."""
    memory = Memory[int]({"answers": 1000})
    versions = {"a": 0, "b": 0}
    ids = {"a": ONE, "b": OTHER}
    held: list[asyncio.Event] = []
    readers: list[tuple[int, asyncio.Task[int]]] = []

    async def ask(key: str, *, is_list: bool) -> int:
        async def make() -> Filling[int]:
            seen = versions[key]
            held.append(gate := asyncio.Event())
            await gate.wait()
            own = Dependencies(entries=frozenset([ids[key]]), types=frozenset(["Post"]))
            return Filling(seen, 10, "answers", POSTS if is_list else own)

        kept = memory.hit((key, is_list))
        return kept if kept is not None else (await memory.get((key, is_list), make))[0].value

    for number, (step, which, flag) in enumerate(steps):
        if step == "ask":
            readers.append((versions[str(which)], asyncio.create_task(ask(str(which), is_list=flag))))
        elif step == "change":
            versions[str(which)] += 1
            memory.change(changed(ids[str(which)], number) if flag else None)
        elif held:
            held[int(which) % len(held)].set()
        for _ in range(3):
            await asyncio.sleep(0)
    while not all(task.done() for _, task in readers):
        for gate in held:
            gate.set()
        await asyncio.sleep(0)
    assert all(task.result() >= least for least, task in readers)


async def test_what_was_made_while_a_change_is_unheard_of_is_not_kept() -> None:
    """Two changes come between an answer and what it depends on. The first touches what was shown, which the
    second takes out of it: told of the first alone, nobody would see that it matters."""
    answers = iter((False, True))

    async def knows_all() -> bool:
        return next(answers)

    async def make() -> Filling[str]:
        return Filling("seen", 10, "answers", OF_ONE)

    memory = Memory[str]({"answers": 1000}, knows_all)
    filling, _ = await memory.get("k", make)
    assert filling.is_touched
    assert memory.hit("k") is None
    await memory.get("k", make)
    assert memory.hit("k") == "seen"
